// Plugin registry and scene nodes.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <new>
#include <string>
#include <vector>

class Node {
public:
    virtual ~Node() = default;
    virtual int weight() const { return 1; }
};

class Mesh : public Node {
public:
    int triangles = 0;
    int weight() const override { return triangles; }
};

class Scene {
public:
    Node* find(const std::string& name) const
    {
        auto it = nodes_.find(name);
        return it == nodes_.end() ? nullptr : it->second.get();
    }

    int weight_of(const std::string& name) const
    {
        return find(name)->weight();                       // flaw: null-dereference
    }

    int weight_or_zero(const std::string& name) const
    {
        const Node* n = find(name);
        return n ? n->weight() : 0;                        // fine: null-dereference
    }

    int triangles(const Node* n) const
    {
        const Mesh* m = dynamic_cast<const Mesh*>(n);
        return m->triangles;                               // flaw: null-dereference
    }

    int triangles_of(const Node* n) const
    {
        if (const auto* m = dynamic_cast<const Mesh*>(n))
            return m->triangles;                           // fine: null-dereference
        return 0;
    }

    Node* make(const std::string& name)
    {
        nodes_[name] = std::make_unique<Mesh>();
        Node* n = nodes_[name].get();
        if (n->weight() < 0)                               // fine: null-dereference
            return nullptr;
        return n;
    }

private:
    std::map<std::string, std::unique_ptr<Node>> nodes_;
};

class Pool {
public:
    bool grow(size_t n)
    {
        int* p = new (std::nothrow) int[n];
        p[0] = 0;                                          // flaw: null-dereference
        blocks_.emplace_back(p);
        return true;
    }

    bool extend(size_t n)
    {
        int* p = new (std::nothrow) int[n + 1];
        if (p == nullptr)
            return false;
        p[0] = 0;                                          // fine: null-dereference
        blocks_.emplace_back(p);
        return true;
    }

    void add(size_t n)
    {
        int* p = new int[n + 1];
        p[0] = 0;                                          // fine: null-dereference
        blocks_.emplace_back(p);
    }

private:
    std::vector<std::unique_ptr<int[]>> blocks_;
};

std::string plugin_dir()
{
    std::string dir(std::getenv("PLUGIN_DIR"));            // flaw: null-dereference
    return dir + "/";
}

std::string theme_dir()
{
    const char* v = std::getenv("THEME_DIR");
    std::string dir(v ? v : "/usr/share/themes");          // fine: null-dereference
    return dir + "/";
}

std::string first_line(const std::string& path)
{
    FILE* fp = std::fopen(path.c_str(), "r");
    char line[128] = "";
    if (std::fgets(line, sizeof line, fp) == nullptr)      // flaw: null-dereference
        line[0] = '\0';
    std::fclose(fp);
    return line;
}
