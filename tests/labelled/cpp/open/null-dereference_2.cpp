// Message parsing helpers with C strings and smart pointers.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <vector>
#include <netdb.h>
#include <pwd.h>

struct Message {
    std::string topic;
    std::shared_ptr<Message> reply_to;
    char* body = nullptr;
};

class Mailbox {
public:
    std::shared_ptr<Message> top() const
    {
        if (messages_.empty())
            return nullptr;
        return messages_.back();
    }

    std::string top_topic() const
    {
        return top()->topic;                               // flaw: null-dereference
    }

    std::string top_topic_or(const std::string& other) const
    {
        auto m = top();
        return m ? m->topic : other;                       // fine: null-dereference
    }

    size_t notify(const std::weak_ptr<Message>& who) const
    {
        auto m = who.lock();
        return m->topic.size();                            // flaw: null-dereference
    }

    size_t poke(const std::weak_ptr<Message>& who) const
    {
        if (auto m = who.lock())
            return m->topic.size();                        // fine: null-dereference
        return 0;
    }

    void set_body(Message& m, const char* text)
    {
        const size_t n = std::strlen(text) + 1;
        m.body = static_cast<char*>(std::malloc(n));
        std::memcpy(m.body, text, n);                      // flaw: null-dereference
    }

    bool put_body(Message& m, const char* text)
    {
        const size_t n = std::strlen(text) + 1;
        auto* p = static_cast<char*>(std::malloc(n));
        if (!p)
            return false;
        std::memcpy(p, text, n);                           // fine: null-dereference
        m.body = p;
        return true;
    }

private:
    std::vector<std::shared_ptr<Message>> messages_;
};

int priority(const char* header)
{
    const char* colon = std::strchr(header, ':');
    return std::atoi(colon + 1) + (*colon == ':');         // flaw: null-dereference
}

int urgency(const char* header)
{
    const char* colon = std::strchr(header, ':');
    if (!colon)
        return 0;
    return std::atoi(colon + 1) + (*colon == ':');         // fine: null-dereference
}

std::string home()
{
    const passwd* pw = getpwnam("courier");
    std::string dir = "/";
    if (pw == nullptr)
        std::fputs("no such user\n", stderr);
    dir = pw->pw_dir;                                      // flaw: null-dereference
    return dir;
}

std::string shell()
{
    const passwd* pw = getpwnam("courier");
    if (pw == nullptr)
        return "/bin/false";
    return pw->pw_shell;                                   // fine: null-dereference
}
