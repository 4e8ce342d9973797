use ldap3::{dn_escape, ldap_escape, LdapConn, LdapError, Mod, Scope, SearchEntry};
use std::collections::HashSet;
use warp::{Filter, Rejection, Reply};

const GROUPS: &str = "ou=groups,dc=corp,dc=example";

#[derive(Default)]
struct Criteria {
    terms: Vec<String>,
}

impl Criteria {
    fn eq(mut self, name: &str, value: &str) -> Self {
        self.terms.push(format!("({name}={value})"));
        self
    }

    fn escaped(mut self, name: &str, value: &str) -> Self {
        self.terms.push(format!("({name}={})", ldap_escape(value)));
        self
    }

    fn all(&self) -> String {
        format!("(&{})", self.terms.concat())
    }
}

struct Directory {
    url: String,
}

impl Directory {
    fn names(&self, filter: &str) -> Result<Vec<String>, LdapError> {
        let mut conn = LdapConn::new(&self.url)?;
        let (rows, _) = conn.search(GROUPS, Scope::Subtree, filter, vec!["cn"])?.success()?; // flaw: ldap-injection
        Ok(rows.into_iter().filter_map(|r| SearchEntry::construct(r).attrs.remove("cn")).flatten().collect())
    }

    fn group(&self, name: String, kind: String) -> Vec<String> {
        let criteria = Criteria::default().eq("objectClass", "group").eq("cn", &name).eq("type", &kind);
        self.names(&criteria.all()).unwrap_or_default()
    }

    fn group_escaped(&self, name: String, kind: String) -> Vec<String> {
        let criteria = Criteria::default().eq("objectClass", "group").escaped("cn", &name).escaped("type", &kind);
        self.names(&criteria.all()).unwrap_or_default() // fine: ldap-injection
    }

    fn members(&self, mails: String) -> Result<usize, LdapError> {
        let mut conn = LdapConn::new(&self.url)?;
        let filter = mails.split(';').fold(String::from("(|"), |acc, m| acc + "(mail=" + m + ")") + ")";
        let mut stream = conn.streaming_search(GROUPS, Scope::Subtree, &filter, vec!["1.1"])?; // flaw: ldap-injection
        let mut n = 0;
        while stream.next()?.is_some() {
            n += 1;
        }
        Ok(n)
    }

    fn members_escaped(&self, mails: String) -> Result<usize, LdapError> {
        let mut conn = LdapConn::new(&self.url)?;
        let clauses: String = mails.split(';').map(|m| format!("(mail={})", ldap_escape(m))).collect();
        let (rows, _) = conn.search(GROUPS, Scope::Subtree, &format!("(|{clauses})"), vec!["1.1"])?.success()?; // fine: ldap-injection
        Ok(rows.len())
    }

    fn describe(&self, group: &str, text: &str) -> Result<(), LdapError> {
        let mut conn = LdapConn::new(&self.url)?;
        let changes = vec![Mod::Replace("description", HashSet::from([text]))];
        conn.modify(&format!("cn={group},{GROUPS}"), changes)?.success()?; // flaw: ldap-injection
        Ok(())
    }

    fn describe_escaped(&self, group: &str, text: &str) -> Result<(), LdapError> {
        let mut conn = LdapConn::new(&self.url)?;
        let changes = vec![Mod::Replace("description", HashSet::from([text]))];
        conn.modify(&format!("cn={},{GROUPS}", dn_escape(group)), changes)?.success()?; // fine: ldap-injection
        Ok(())
    }

    fn owner(&self, login: &str) -> Vec<String> {
        if login.is_empty() || !login.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Vec::new();
        }
        self.names(&format!("(owner=uid={login},ou=people)")).unwrap_or_default() // fine: ldap-injection
    }
}

pub fn routes(url: &'static str) -> impl Filter<Extract = (impl Reply,), Error = Rejection> + Clone {
    let directory = move || Directory { url: url.to_string() };
    let group = warp::path!("group" / String / String).map(move |n, k| warp::reply::json(&directory().group(n, k)));
    let checked = warp::path!("checked" / String / String).map(move |n, k| warp::reply::json(&directory().group_escaped(n, k)));
    let members = warp::path!("members" / String).map(move |m| warp::reply::json(&directory().members(m).unwrap_or(0)));
    let listed = warp::path!("listed" / String).map(move |m| warp::reply::json(&directory().members_escaped(m).unwrap_or(0)));
    let describe = warp::path!("describe" / String / String)
        .map(move |g: String, t: String| warp::reply::json(&directory().describe(&g, &t).is_ok()));
    let relabel = warp::path!("relabel" / String / String)
        .map(move |g: String, t: String| warp::reply::json(&directory().describe_escaped(&g, &t).is_ok()));
    let owner = warp::path!("owner" / String).map(move |l: String| warp::reply::json(&directory().owner(&l)));
    let phone = warp::path!("phone" / String).map(move |p: String| {
        let filter = ["(telephoneNumber=", &p, ")"].concat();
        let found = LdapConn::new(url).and_then(|mut c| c.search(GROUPS, Scope::OneLevel, &filter, vec!["cn"])); // flaw: ldap-injection
        warp::reply::json(&found.map(|r| r.0.len()).unwrap_or(0))
    });
    group.or(checked).or(members).or(listed).or(describe).or(relabel).or(owner).or(phone)
}
