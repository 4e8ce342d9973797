// Attachment store of a ticket system.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <system_error>
#include <unordered_map>
#include <httplib.h>

namespace fs = std::filesystem;

class AttachmentStore {
public:
    explicit AttachmentStore(fs::path root) : root_(fs::canonical(root)) {}

    std::optional<std::string> read(const std::string& name) const
    {
        std::ifstream in(root_ / name, std::ios::binary);  // flaw: path-traversal
        return slurp(in);
    }

    std::optional<std::string> read_inside(const std::string& name) const
    {
        const auto p = inside(name);
        if (!p)
            return std::nullopt;
        std::ifstream in(*p, std::ios::binary);            // fine: path-traversal
        return slurp(in);
    }

    bool write(const std::string& ticket, const std::string& name, const std::string& data) const
    {
        std::string target = root_.string();
        target += "/tickets/";
        target += ticket;
        target += "/" + fs::path(name).filename().string();
        std::ofstream out(target, std::ios::binary);       // flaw: path-traversal
        out << data;
        return out.good();
    }

    bool write_numbered(unsigned long ticket, const std::string& data) const
    {
        const fs::path target = root_ / "tickets" / std::to_string(ticket) / "body.txt";
        std::ofstream out(target, std::ios::binary);       // fine: path-traversal
        out << data;
        return out.good();
    }

    bool erase(const std::string& name) const
    {
        return erase_path(root_.string() + "/" + name);
    }

    bool erase_leaf(const std::string& name) const
    {
        const fs::path leaf = fs::path(name).filename();
        if (leaf.empty() || leaf == "." || leaf == "..")
            return false;
        std::error_code ec;
        return fs::remove(root_ / "trash" / leaf, ec);     // fine: path-traversal
    }

    bool move_to(const std::string& from, const std::string& folder) const
    {
        std::error_code ec;
        if (folder.rfind("/", 0) == 0)
            return false;
        fs::rename(root_ / "inbox" / fs::path(from).filename(), root_ / folder / "item", ec); // flaw: path-traversal
        return !ec;
    }

    std::optional<std::string> banner(const std::string& locale) const
    {
        static const std::unordered_map<std::string, std::string> files{
            {"en", "banner_en.txt"}, {"de", "banner_de.txt"}, {"fr", "banner_fr.txt"}};
        auto it = files.find(locale);
        std::ifstream in(root_ / (it == files.end() ? files.at("en") : it->second)); // fine: path-traversal
        return slurp(in);
    }

private:
    static std::optional<std::string> slurp(std::ifstream& in)
    {
        if (!in)
            return std::nullopt;
        return std::string(std::istreambuf_iterator<char>(in), {});
    }

    static bool erase_path(const std::string& p)
    {
        std::error_code ec;
        return fs::remove(p, ec);                          // flaw: path-traversal
    }

    std::optional<fs::path> inside(const std::string& name) const
    {
        std::error_code ec;
        const fs::path p = fs::weakly_canonical(root_ / name, ec);
        if (ec)
            return std::nullopt;
        const auto diff = std::mismatch(root_.begin(), root_.end(), p.begin(), p.end());
        if (diff.first != root_.end())
            return std::nullopt;
        return p;
    }

    fs::path root_;
};

void routes(httplib::Server& svr, AttachmentStore& store)
{
    svr.Get("/a", [&](const httplib::Request& rq, httplib::Response& rs) {
        const auto data = store.read(rq.get_param_value("file"));
        rs.status = data ? 200 : 404;
        rs.set_content(data.value_or(""), "application/octet-stream");
    });
    svr.Get("/b", [&](const httplib::Request& rq, httplib::Response& rs) {
        const auto data = store.read_inside(rq.get_param_value("file"));
        rs.status = data ? 200 : 404;
        rs.set_content(data.value_or(""), "application/octet-stream");
    });
    svr.Post("/a", [&](const httplib::Request& rq, httplib::Response& rs) {
        rs.status = store.write(rq.get_param_value("ticket"), rq.get_param_value("file"), rq.body) ? 201 : 500;
    });
    svr.Delete("/a", [&](const httplib::Request& rq, httplib::Response& rs) {
        rs.status = store.erase(rq.get_param_value("file")) ? 204 : 404;
    });
    svr.Delete("/trash", [&](const httplib::Request& rq, httplib::Response& rs) {
        rs.status = store.erase_leaf(rq.get_param_value("file")) ? 204 : 404;
    });
    svr.Post("/move", [&](const httplib::Request& rq, httplib::Response& rs) {
        rs.status = store.move_to(rq.get_param_value("file"), rq.get_param_value("folder")) ? 204 : 409;
    });
    svr.Get("/banner", [&](const httplib::Request& rq, httplib::Response& rs) {
        rs.set_content(store.banner(rq.get_param_value("lang")).value_or(""), "text/plain");
    });
}
