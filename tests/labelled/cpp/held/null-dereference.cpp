// Document model: sections, lookups, casts and optional children.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>
#include <dirent.h>

class Section {
public:
    virtual ~Section() = default;
    std::string title;
    Section* parent = nullptr;
    std::vector<std::unique_ptr<Section>> kids;
};

class Table : public Section {
public:
    int rows = 0;
};

static Section* locate(Section& root, const std::string& title)
{
    if (root.title == title)
        return &root;
    for (auto& k : root.kids) {
        if (Section* s = locate(*k, title))
            return s;
    }
    return nullptr;
}

class Document {
public:
    size_t children_of(const std::string& title)
    {
        Section* s = locate(root_, title);
        return s->kids.size();                             // flaw: null-dereference
    }

    size_t children_or_zero(const std::string& title)
    {
        Section* s = locate(root_, title);
        if (!s)
            return 0;
        return s->kids.size();                             // fine: null-dereference
    }

    void set_rows(const std::string& title, int n)
    {
        auto* t = dynamic_cast<Table*>(locate(root_, title));
        if (n >= 0)
            t->rows = n;                                   // flaw: null-dereference
    }

    bool try_rows(const std::string& title, int n)
    {
        auto* t = dynamic_cast<Table*>(locate(root_, title));
        if (t == nullptr || n < 0)
            return false;
        t->rows = n;                                       // fine: null-dereference
        return true;
    }

    std::string path(const Section* s) const
    {
        std::string out;
        for (; s != nullptr; s = s->parent)
            out = "/" + s->title + out;                    // fine: null-dereference
        return out;
    }

private:
    Section root_;
};

char* upper(const char* text)
{
    char* copy = ::strdup(text);
    std::transform(copy, copy + std::strlen(copy), copy, ::toupper); // flaw: null-dereference
    return copy;
}

char* lower(const char* text)
{
    char* copy = ::strdup(text);
    if (copy)
        std::transform(copy, copy + std::strlen(copy), copy, ::tolower); // fine: null-dereference
    return copy;
}

std::vector<std::string> templates()
{
    std::vector<std::string> names;
    DIR* d = ::opendir("/usr/share/docgen/templates");
    for (dirent* e = ::readdir(d); e != nullptr; e = ::readdir(d)) // flaw: null-dereference
        names.emplace_back(e->d_name);
    ::closedir(d);
    return names;
}

std::vector<std::string> styles()
{
    std::vector<std::string> names;
    DIR* d = ::opendir("/usr/share/docgen/styles");
    if (!d)
        return names;
    for (dirent* e = ::readdir(d); e != nullptr; e = ::readdir(d)) // fine: null-dereference
        names.emplace_back(e->d_name);
    ::closedir(d);
    return names;
}
