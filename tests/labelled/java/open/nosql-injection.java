package com.acme.accounts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.mongodb.BasicDBObject;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;

import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.BasicQuery;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/accounts")
public class AccountLookupController {

    private static final Set<String> GROUPABLE = Set.of("country", "plan", "channel");

    private final MongoTemplate mongo;
    private final MongoCollection<Document> accounts;

    public AccountLookupController(MongoTemplate mongo) {
        this.mongo = mongo;
        this.accounts = mongo.getCollection("accounts");
    }

    @GetMapping("/by-email")
    public Document byEmail(@RequestParam String email) {
        return accounts.find(Document.parse("{ \"email\": \"" + email + "\" }")).first(); // flaw: nosql-injection
    }

    @GetMapping("/by-phone")
    public Document byPhone(@RequestParam String phone) {
        return accounts.find(Filters.eq("phone", phone)).first(); // fine: nosql-injection
    }

    @GetMapping("/older")
    public List<Document> older(@RequestParam String years, @RequestParam(required = false) String plan) {
        StringBuilder js = new StringBuilder("this.age > ").append(years);
        if (plan != null) {
            js.append(" && this.plan == '").append(plan).append("'");
        }
        BasicDBObject filter = new BasicDBObject();
        filter.put("$where", js.toString()); // flaw: nosql-injection
        return accounts.find(filter).into(new ArrayList<>());
    }

    @GetMapping("/newer")
    public List<Document> newer(@RequestParam String years) {
        int limit = Integer.parseInt(years);
        Bson where = Filters.where("this.age < " + limit + " && this.active"); // fine: nosql-injection
        return accounts.find(where).into(new ArrayList<>());
    }

    @PostMapping("/login")
    public Map<String, Object> login(@RequestBody Map<String, Object> body) {
        Document probe = new Document();
        probe.put("user", body.get("user"));
        probe.put("pinToken", body.get("pinToken"));
        Document hit = accounts.find(probe).first(); // flaw: nosql-injection
        return Map.of("ok", hit != null);
    }

    @PostMapping("/confirm")
    public Map<String, Object> confirm(@RequestBody Map<String, Object> body) {
        Document probe = new Document("user", String.valueOf(body.get("user")))
                .append("confirmToken", String.valueOf(body.get("token")));
        Document hit = accounts.find(probe).first(); // fine: nosql-injection
        return Map.of("ok", hit != null);
    }

    @GetMapping("/{id}")
    public Document one(@PathVariable String id) {
        String json = "{ _id: { $oid: '" + new ObjectId(id).toHexString() + "' } }";
        return accounts.find(Document.parse(json)).first(); // fine: nosql-injection
    }

    @GetMapping("/team")
    public List<Account> team(@RequestParam String team, @RequestParam(defaultValue = "true") boolean active) {
        return search(String.format("{ 'team': '%s', 'active': %b }", team, active));
    }

    @GetMapping("/staff")
    public List<Account> staff(@RequestParam String department) {
        Query query = new Query(Criteria.where("department").is(department)); // fine: nosql-injection
        return mongo.find(query, Account.class);
    }

    @GetMapping("/grouped")
    public List<Document> grouped(@RequestParam String field) {
        if (!GROUPABLE.contains(field)) {
            return List.of();
        }
        Document stage = Document.parse("{ $group: { _id: '$" + field + "', n: { $sum: 1 } } }"); // fine: nosql-injection
        return accounts.aggregate(List.of(stage)).into(new ArrayList<>());
    }

    private List<Account> search(String json) {
        BasicQuery query = new BasicQuery(json); // flaw: nosql-injection
        query.limit(50);
        return mongo.find(query, Account.class);
    }

    public static class Account {
        public String id;
        public String team;
        public boolean active;
    }
}
