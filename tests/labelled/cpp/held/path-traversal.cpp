// Photo album server: image access with C streams, POSIX calls and filesystem.
#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>
#include <fcntl.h>
#include <unistd.h>
#include <crow.h>

namespace fs = std::filesystem;
using File = std::unique_ptr<FILE, int (*)(FILE*)>;

static const std::string kAlbums = "/srv/albums/";

class Album {
public:
    explicit Album(const crow::request& rq)
    {
        if (const char* v = rq.url_params.get("album")) album_ = v;
        if (const char* v = rq.url_params.get("photo")) photo_ = v;
        if (const char* v = rq.url_params.get("size")) size_ = v;
    }

    std::string original() const
    {
        File f(std::fopen(path().c_str(), "rb"), &std::fclose); // flaw: path-traversal
        return read(f.get());
    }

    std::string original_checked() const
    {
        std::unique_ptr<char, decltype(&std::free)> real(::realpath(path().c_str(), nullptr), &std::free);
        if (!real || std::strncmp(real.get(), kAlbums.c_str(), kAlbums.size()) != 0)
            return {};
        File f(std::fopen(real.get(), "rb"), &std::fclose); // fine: path-traversal
        return read(f.get());
    }

    std::string thumbnail() const
    {
        const int edge = size_ == "large" ? 512 : size_ == "medium" ? 256 : 128;
        File f(std::fopen(("/srv/thumbs/" + std::to_string(edge) + "/cover.png").c_str(), "rb"), &std::fclose); // fine: path-traversal
        return read(f.get());
    }

    std::string caption() const
    {
        std::ostringstream p;
        p << kAlbums << album_ << "/captions/" << sanitized_photo() << ".txt";
        std::ifstream in(p.str());                         // flaw: path-traversal
        std::string line;
        std::getline(in, line);
        return line;
    }

    std::string exif() const
    {
        if (!simple(album_) || !simple(photo_))
            return {};
        std::ifstream in(kAlbums + album_ + "/exif/" + photo_ + ".json"); // fine: path-traversal
        return std::string(std::istreambuf_iterator<char>(in), {});
    }

    bool make_dir() const
    {
        std::error_code ec;
        return fs::create_directories(fs::path(kAlbums) / album_, ec); // flaw: path-traversal
    }

    bool remove() const
    {
        std::string name = photo_;
        for (size_t i; (i = name.find("./")) != std::string::npos;)
            name.replace(i, 2, "");
        return ::unlink((kAlbums + "trash/" + album_ + "/" + name).c_str()) == 0; // flaw: path-traversal
    }

    bool remove_known(const std::vector<std::string>& listing) const
    {
        const auto it = std::find(listing.begin(), listing.end(), photo_);
        if (it == listing.end())
            return false;
        return ::unlink((kAlbums + "trash/" + *it).c_str()) == 0; // fine: path-traversal
    }

private:
    std::string path() const { return kAlbums + album_ + "/" + photo_; }

    std::string sanitized_photo() const
    {
        std::string s;
        std::copy_if(photo_.begin(), photo_.end(), std::back_inserter(s), [](unsigned char c) { return std::isalnum(c); });
        return s;
    }

    static bool simple(const std::string& s)
    {
        return !s.empty() && s.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == std::string::npos;
    }

    static std::string read(FILE* f)
    {
        std::string out;
        char buf[4096];
        size_t n;
        while (f && (n = std::fread(buf, 1, sizeof buf, f)) > 0)
            out.append(buf, n);
        return out;
    }

    std::string album_, photo_, size_;
};

static std::vector<std::string> trash_listing()
{
    std::vector<std::string> names;
    std::error_code ec;
    for (const auto& e : fs::directory_iterator(kAlbums + "trash", ec))
        names.push_back(e.path().filename().string());
    return names;
}

void routes(crow::SimpleApp& app)
{
    CROW_ROUTE(app, "/original")([](const crow::request& rq) { return crow::response(200, Album(rq).original()); });
    CROW_ROUTE(app, "/checked")([](const crow::request& rq) { return crow::response(200, Album(rq).original_checked()); });
    CROW_ROUTE(app, "/thumb")([](const crow::request& rq) { return crow::response(200, Album(rq).thumbnail()); });
    CROW_ROUTE(app, "/caption")([](const crow::request& rq) { return crow::response(Album(rq).caption().empty() ? 404 : 200); });
    CROW_ROUTE(app, "/exif")([](const crow::request& rq) { return crow::response(Album(rq).exif().empty() ? 404 : 200); });
    CROW_ROUTE(app, "/mkdir")([](const crow::request& rq) { return crow::response(Album(rq).make_dir() ? 201 : 409); });
    CROW_ROUTE(app, "/rm")([](const crow::request& rq) { return crow::response(Album(rq).remove() ? 204 : 404); });
    CROW_ROUTE(app, "/rm-known")([](const crow::request& rq) {
        return crow::response(Album(rq).remove_known(trash_listing()) ? 204 : 404);
    });
}
