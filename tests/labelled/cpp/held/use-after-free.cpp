// Task queue with worker objects, observers and iterators.
#include <algorithm>
#include <functional>
#include <iostream>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

class Task {
public:
    explicit Task(int id) : id_(id) {}
    int id() const { return id_; }
    bool done() const { return done_; }

    void finish()
    {
        delete this;
        done_ = true;                                      // flaw: use-after-free
    }

    void retire()
    {
        done_ = true;
        delete this;                                       // fine: use-after-free
    }

private:
    int id_;
    bool done_ = false;
};

class Queue {
public:
    int run_first()
    {
        if (tasks_.empty())
            return -1;
        Task* t = tasks_.front();
        tasks_.pop_front();
        t->retire();
        return t->id();                                    // flaw: use-after-free
    }

    int run_last()
    {
        if (tasks_.empty())
            return -1;
        Task* t = tasks_.back();
        tasks_.pop_back();
        const int id = t->id();
        t->retire();
        return id;                                         // fine: use-after-free
    }

    void purge()
    {
        for (auto it = tasks_.begin(); it != tasks_.end(); ++it) { // flaw: use-after-free
            if ((*it)->done())
                tasks_.erase(it);
        }
    }

    void sweep()
    {
        for (auto it = tasks_.begin(); it != tasks_.end();) {
            if ((*it)->done())
                it = tasks_.erase(it);                     // fine: use-after-free
            else
                ++it;
        }
    }

private:
    std::list<Task*> tasks_;
};

struct Job {
    std::string name;
    int cost = 0;
};

Job* cheapest(const std::vector<Job>& jobs)
{
    std::vector<Job> sorted(jobs);
    std::sort(sorted.begin(), sorted.end(), [](const Job& a, const Job& b) { return a.cost < b.cost; });
    return sorted.empty() ? nullptr : &sorted.front();     // flaw: use-after-free
}

Job* dearest(std::vector<Job>& jobs)
{
    std::sort(jobs.begin(), jobs.end(), [](const Job& a, const Job& b) { return a.cost > b.cost; });
    return jobs.empty() ? nullptr : &jobs.front();         // fine: use-after-free
}

const char* label(const Job& j)
{
    const char* text = (j.name + ":" + std::to_string(j.cost)).c_str();
    std::cout << text << '\n';                             // flaw: use-after-free
    return j.name.c_str();
}

const char* caption(const Job& j, std::string& keep)
{
    keep = j.name + ":" + std::to_string(j.cost);
    const char* text = keep.c_str();
    std::cout << text << '\n';                             // fine: use-after-free
    return text;
}

void start(int n)
{
    std::vector<int> results(static_cast<size_t>(n));
    std::thread([&results] { results.push_back(1); }).detach(); // flaw: use-after-free
}

void start_joined(int n)
{
    std::vector<int> results(static_cast<size_t>(n));
    std::thread t([&results] { results.push_back(1); });   // fine: use-after-free
    t.join();
}
