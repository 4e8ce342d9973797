// Widget tree of a small GUI toolkit.
#include <cstddef>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

class Widget {
public:
    explicit Widget(std::string name) : name_(std::move(name)) {}
    virtual ~Widget() = default;
    const std::string& name() const { return name_; }
    void add(Widget* w) { kids_.push_back(w); }
    std::vector<Widget*>& kids() { return kids_; }

private:
    std::string name_;
    std::vector<Widget*> kids_;
};

class Window {
public:
    ~Window()
    {
        for (Widget* w : widgets_)
            delete w;
    }

    void close_all()
    {
        for (Widget* w : widgets_) {
            delete w;
            std::cout << "closed " << w->name() << '\n';   // flaw: use-after-free
        }
        widgets_.clear();
    }

    void clear_all()
    {
        for (Widget* w : widgets_) {
            std::cout << "closed " << w->name() << '\n';   // fine: use-after-free
            delete w;
        }
        widgets_.clear();
    }

    void remove(const std::string& name)
    {
        for (auto it = widgets_.begin(); it != widgets_.end(); ++it) {
            if ((*it)->name() == name) {
                Widget* w = *it;
                widgets_.erase(it);
                delete w;                                  // fine: use-after-free
                break;
            }
        }
    }

    void remove_every(const std::string& name)
    {
        for (auto it = widgets_.begin(); it != widgets_.end(); ++it) { // flaw: use-after-free
            if ((*it)->name() == name) {
                delete *it;
                widgets_.erase(it);
            }
        }
    }

    Widget* add(const std::string& name)
    {
        widgets_.push_back(new Widget(name));
        return widgets_.back();
    }

    Widget* replace(size_t i, const std::string& name)
    {
        if (i >= widgets_.size())
            return nullptr;
        Widget* old = widgets_[i];
        delete old;
        widgets_[i] = new Widget(name);
        return old;                                        // flaw: use-after-free
    }

    Widget* swap_in(size_t i, const std::string& name)
    {
        if (i >= widgets_.size())
            return nullptr;
        Widget* old = widgets_[i];
        widgets_[i] = new Widget(name);
        delete old;
        return widgets_[i];                                // fine: use-after-free
    }

private:
    std::vector<Widget*> widgets_;
};

static const std::string& title_of(int n)
{
    std::string title = "window " + std::to_string(n);
    return title;                                          // flaw: use-after-free
}

static const std::string& default_title()
{
    static const std::string title = "untitled";
    return title;                                          // fine: use-after-free
}

static size_t count_after_push(std::vector<int>& v)
{
    int& first = v.front();
    v.push_back(42);
    return static_cast<size_t>(first) + v.size();          // flaw: use-after-free
}

static size_t count_after_copy(std::vector<int>& v)
{
    int first = v.front();
    v.push_back(42);
    return static_cast<size_t>(first) + v.size();          // fine: use-after-free
}

int main()
{
    Window w;
    w.add("ok");
    w.add("cancel");
    w.remove("ok");
    std::vector<int> v{1, 2, 3};
    std::cout << title_of(1).size() << default_title() << count_after_push(v) << count_after_copy(v) << '\n';
    if (Widget* s = w.swap_in(0, "help"))
        std::cout << s->name() << '\n';
    return 0;
}
