#include "base/http_events.hpp"

#include <algorithm>
#include <cerrno>
#include <limits>
#include <sys/eventfd.h>
#include <unistd.h>
#include <utility>

namespace peer {

HttpEvents::HttpEvents(const CurlLibrary& curl, CURLM* multi)
    : curl_(curl),
      multi_(multi),
      epoll_(epoll_create1(EPOLL_CLOEXEC)),
      wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (failed()) return;
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = wake_;
  if (epoll_ctl(epoll_, EPOLL_CTL_ADD, wake_, &event) != 0) {
    close(std::exchange(wake_, -1));
    return;
  }
  curl_.multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &HttpEvents::on_socket);
  curl_.multi_setopt(multi_, CURLMOPT_SOCKETDATA, static_cast<void*>(this));
  curl_.multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &HttpEvents::on_timer);
  curl_.multi_setopt(multi_, CURLMOPT_TIMERDATA, static_cast<void*>(this));
}

HttpEvents::~HttpEvents() {
  if (wake_ >= 0) close(wake_);
  if (epoll_ >= 0) close(epoll_);
}

int HttpEvents::on_socket(CURL*, curl_socket_t socket, int what, void* self, void* known) {
  auto& events = *static_cast<HttpEvents*>(self);
  if (what == CURL_POLL_REMOVE) {
    // it may be closed already, and then the kernel has forgotten it
    epoll_ctl(events.epoll_, EPOLL_CTL_DEL, socket, nullptr);
    return 0;
  }
  epoll_event event{};
  event.data.fd = socket;
  if ((what & CURL_POLL_IN) != 0) event.events |= EPOLLIN;
  if ((what & CURL_POLL_OUT) != 0) event.events |= EPOLLOUT;
  const int change = known == nullptr ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
  int rc = epoll_ctl(events.epoll_, change, socket, &event);
  if (rc != 0 && errno == EEXIST) rc = epoll_ctl(events.epoll_, EPOLL_CTL_MOD, socket, &event);
  if (rc != 0 && errno == ENOENT) rc = epoll_ctl(events.epoll_, EPOLL_CTL_ADD, socket, &event);
  if (rc == 0) events.curl_.multi_assign(events.multi_, socket, self);
  return rc == 0 ? 0 : -1;
}

int HttpEvents::on_timer(CURLM*, long milliseconds, void* self) {
  auto& timer = static_cast<HttpEvents*>(self)->timer_;
  if (milliseconds < 0) {
    timer.reset();
  } else {
    timer = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
  }
  return 0;
}

void HttpEvents::take_ready(const epoll_event& event) {
  if (event.data.fd == wake_) {
    std::uint64_t times = 0;
    while (read(wake_, &times, sizeof times) < 0 && errno == EINTR) {
    }
    return;
  }
  int what = 0;
  if ((event.events & (EPOLLIN | EPOLLHUP | EPOLLRDHUP)) != 0) what |= CURL_CSELECT_IN;
  if ((event.events & EPOLLOUT) != 0) what |= CURL_CSELECT_OUT;
  if ((event.events & EPOLLERR) != 0) what |= CURL_CSELECT_ERR;
  int running = 0;
  curl_.multi_socket_action(multi_, event.data.fd, what, &running);
}

void HttpEvents::wait(Time until) {
  if (timer_) until = std::min(until, *timer_);
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
  constexpr std::int64_t kMost = std::numeric_limits<int>::max();
  const auto milliseconds = static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, kMost));
  const int count =
      epoll_wait(epoll_, ready_.data(), static_cast<int>(ready_.size()), milliseconds);
  for (int i = 0; i < count; ++i)
    take_ready(ready_[static_cast<std::size_t>(i)]);
  if (!timer_ || std::chrono::steady_clock::now() < *timer_) return;
  timer_.reset();  // curl sets it anew if it wants to
  int running = 0;
  curl_.multi_socket_action(multi_, CURL_SOCKET_TIMEOUT, 0, &running);
}

void HttpEvents::wake() const {
  const std::uint64_t once = 1;
  while (write(wake_, &once, sizeof once) < 0 && errno == EINTR) {
  }
}

}  // namespace peer
