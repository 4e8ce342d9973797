package com.acme.web.nav;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;

@Controller
public class NavigationController {

    private static final Map<String, String> PARTNERS =
            Map.of("bank", "https://www.bank-partner.com/start", "post", "https://parcel.example.org/");
    private static final Set<String> HOSTS = Set.of("www.acme.com", "help.acme.com");

    @GetMapping("/go")
    public void go(@RequestParam String url, HttpServletResponse response) throws IOException {
        response.sendRedirect(url); // flaw: open-redirect
    }

    @GetMapping("/partner/{name}")
    public void partner(@PathVariable String name, HttpServletResponse response) throws IOException {
        response.sendRedirect(PARTNERS.getOrDefault(name, "/partners")); // fine: open-redirect
    }

    @PostMapping("/login/done")
    public String afterLogin(HttpServletRequest request) {
        String next = request.getParameter("next");
        String target = "/home";
        if (next != null && !next.isBlank()) {
            target = next.trim();
        }
        return "redirect:" + target; // flaw: open-redirect
    }

    @PostMapping("/login/local")
    public String afterLocalLogin(@RequestParam(defaultValue = "/home") String next) {
        if (!next.matches("/[A-Za-z0-9][A-Za-z0-9/_-]*")) {
            next = "/home";
        }
        return "redirect:" + next; // fine: open-redirect
    }

    @GetMapping("/leave")
    public ModelAndView leave(@RequestParam String to) {
        RedirectView view = new RedirectView();
        if (to.startsWith("/")) {
            view.setUrl(to); // flaw: open-redirect
        } else {
            view.setUrl("/home");
        }
        return new ModelAndView(view);
    }

    @GetMapping("/help")
    public RedirectView help(@RequestParam String url) {
        URI uri = URI.create(url);
        if (!"https".equals(uri.getScheme()) || uri.getHost() == null || !HOSTS.contains(uri.getHost())) {
            return new RedirectView("/help/index");
        }
        return new RedirectView(uri.toString()); // fine: open-redirect
    }

    @GetMapping("/item/{id}")
    public String item(@PathVariable long id, @RequestParam(defaultValue = "false") boolean edit) {
        return "redirect:/items/" + id + (edit ? "/edit" : ""); // fine: open-redirect
    }

    @GetMapping("/switch")
    public ResponseEntity<Void> switchSite(@RequestParam String tenant, @RequestParam String path) {
        return found("https://" + tenant + "/" + path);
    }

    @GetMapping("/logout")
    public ResponseEntity<Void> logout(HttpServletRequest request) {
        request.getSession().invalidate();
        String path = request.getParameter("lang");
        String lang = "de".equals(path) ? "de" : "en";
        return ResponseEntity.status(302).location(URI.create("/bye/" + lang)).build(); // fine: open-redirect
    }

    private static ResponseEntity<Void> found(String target) {
        return ResponseEntity.status(HttpStatus.FOUND).location(URI.create(target)).build(); // flaw: open-redirect
    }
}
