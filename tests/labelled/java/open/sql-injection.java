package com.acme.orders.dao;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import jakarta.persistence.EntityManager;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class OrderSearchController {

    private static final String BASE = "SELECT id, customer, total FROM orders";
    private static final Map<String, String> SORT_COLUMNS =
            Map.of("date", "created_at", "amount", "total", "name", "customer");

    private final DataSource dataSource;
    private final JdbcTemplate jdbc;
    private final EntityManager em;

    public OrderSearchController(DataSource dataSource, JdbcTemplate jdbc, EntityManager em) {
        this.dataSource = dataSource;
        this.jdbc = jdbc;
        this.em = em;
    }

    @GetMapping("/orders/by-customer")
    public List<String> byCustomer(@RequestParam String customer) throws SQLException {
        List<String> out = new ArrayList<>();
        try (Connection c = dataSource.getConnection(); Statement st = c.createStatement()) {
            ResultSet rs = st.executeQuery("SELECT id FROM orders WHERE customer = '" + customer + "'"); // flaw: sql-injection
            while (rs.next()) {
                out.add(rs.getString(1));
            }
        }
        return out;
    }

    @GetMapping("/orders/by-status")
    public List<String> byStatus(@RequestParam String status) throws SQLException {
        List<String> out = new ArrayList<>();
        String sql = BASE + " WHERE status = ?";
        try (Connection c = dataSource.getConnection();
                PreparedStatement ps = c.prepareStatement(sql)) { // fine: sql-injection
            ps.setString(1, status);
            ResultSet rs = ps.executeQuery();
            while (rs.next()) {
                out.add(rs.getString("id"));
            }
        }
        return out;
    }

    @GetMapping("/orders/list")
    public List<Map<String, Object>> list(HttpServletRequest request) {
        String column = SORT_COLUMNS.getOrDefault(request.getParameter("sort"), "id");
        String direction = "desc".equals(request.getParameter("dir")) ? "DESC" : "ASC";
        String sql = BASE + " ORDER BY " + column + " " + direction;
        return jdbc.queryForList(sql); // fine: sql-injection
    }

    @GetMapping("/orders/export")
    public List<Map<String, Object>> export(HttpServletRequest request) {
        StringBuilder sql = new StringBuilder(BASE);
        String sort = request.getParameter("sort");
        String region = request.getParameter("region");
        List<Object> args = new ArrayList<>();
        if (region != null) {
            sql.append(" WHERE region = ?");
            args.add(region);
        }
        if (sort != null && !sort.isBlank()) {
            sql.append(" ORDER BY ").append(sort);
        }
        return jdbc.queryForList(sql.toString(), args.toArray()); // flaw: sql-injection
    }

    @GetMapping("/orders/in")
    public List<Map<String, Object>> in(@RequestParam List<String> ids) {
        String marks = String.join(",", Collections.nCopies(ids.size(), "?"));
        return jdbc.queryForList(BASE + " WHERE id IN (" + marks + ")", ids.toArray()); // fine: sql-injection
    }

    @GetMapping("/orders/tagged")
    public List<?> tagged(@RequestParam(required = false) String tag, @RequestParam(defaultValue = "0") int min) {
        String jpql = "select o from Order o where o.total >= " + min;
        if (tag != null) {
            jpql += " and o.tag like '%" + tag.trim() + "%'";
        }
        return em.createQuery(jpql).setMaxResults(100).getResultList(); // flaw: sql-injection
    }

    @GetMapping("/orders/page")
    public List<?> page(@RequestParam String size, @RequestParam String owner) {
        int limit = Math.min(Integer.parseInt(size), 200);
        return em.createNativeQuery("SELECT * FROM orders WHERE owner = :owner LIMIT " + limit) // fine: sql-injection
                .setParameter("owner", owner)
                .getResultList();
    }

    @GetMapping("/orders/count")
    public int count(@RequestParam String warehouse) {
        Filter filter = new Filter();
        filter.where = "warehouse = '" + warehouse + "'";
        return countWith(filter);
    }

    private int countWith(Filter filter) {
        Integer n = jdbc.queryForObject("SELECT COUNT(*) FROM orders WHERE " + filter.where, Integer.class); // flaw: sql-injection
        return n == null ? 0 : n;
    }

    private static final class Filter {
        private String where = "1 = 1";
    }
}
