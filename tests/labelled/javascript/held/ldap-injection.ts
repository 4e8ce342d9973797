import { Client, EqualityFilter, AndFilter, SubstringFilter } from 'ldapts';
import Fastify from 'fastify';
import ActiveDirectory from 'activedirectory2';

const BASE_DN = 'dc=corp,dc=example,dc=com';
const SCOPES = ['mail', 'telephoneNumber', 'title'];

interface Lookup {
  team?: string;
  office?: string;
  name?: string;
}

const client = new Client({ url: process.env.LDAP_URL ?? 'ldaps://ldap.corp.example.com' });
const ad = new ActiveDirectory({ url: 'ldaps://ad.corp.example.com', baseDN: BASE_DN });
const app = Fastify();

class DirectoryService {
  async run(filter: string): Promise<unknown[]> {
    const { searchEntries } = await client.search(BASE_DN, { scope: 'sub', filter, sizeLimit: 50 }); // flaw: ldap-injection
    return searchEntries;
  }

  async manager(login: string): Promise<unknown[]> {
    const hex = Buffer.from(login, 'utf8').toString('hex').replace(/../g, (b) => `\\${b}`);
    const { searchEntries } = await client.search(BASE_DN, { filter: `(sAMAccountName=${hex})`, attributes: ['manager'] }); // fine: ldap-injection
    return searchEntries;
  }
}

const service = new DirectoryService();

app.get<{ Querystring: { login: string } }>('/photo', async (req) => {
  const { searchEntries } = await client.search(BASE_DN, { // flaw: ldap-injection
    filter: '(&(objectClass=user)(sAMAccountName=' + req.query.login + '))',
    attributes: ['thumbnailPhoto'],
  });
  return searchEntries;
});

app.get<{ Querystring: { login: string } }>('/title', async (req) => {
  const filter = new AndFilter({
    filters: [
      new EqualityFilter({ attribute: 'objectClass', value: 'user' }),
      new EqualityFilter({ attribute: 'sAMAccountName', value: req.query.login }),
    ],
  });
  const { searchEntries } = await client.search(BASE_DN, { filter, attributes: ['title'] }); // fine: ldap-injection
  return searchEntries;
});

app.post<{ Body: Lookup }>('/people', async (req) => {
  let filter = '(&(objectCategory=person)';
  const fields: Array<[string, string | undefined]> = [
    ['department', req.body.team],
    ['physicalDeliveryOfficeName', req.body.office],
    ['cn', req.body.name],
  ];
  fields.forEach(([attribute, value]) => {
    if (value) {
      filter += `(${attribute}=${value})`;
    }
  });
  return service.run(`${filter})`);
});

app.get<{ Querystring: { part: string } }>('/suggest', async (req) => {
  const filter = new SubstringFilter({ attribute: 'cn', initial: req.query.part });
  const { searchEntries } = await client.search(BASE_DN, { filter, sizeLimit: 10 }); // fine: ldap-injection
  return searchEntries;
});

app.get<{ Params: { attribute: string } }>('/holders/:attribute', async (req, reply) => {
  const { attribute } = req.params;
  if (!SCOPES.includes(attribute)) {
    return reply.code(400).send();
  }
  const { searchEntries } = await client.search(BASE_DN, { filter: `(${attribute}=*)`, sizeLimit: 20 }); // fine: ldap-injection
  return searchEntries;
});

app.get<{ Params: { ou: string; cn: string } }>('/entry/:ou/:cn', async (req) => {
  const { ou, cn } = req.params;
  const dn = ['cn=' + cn, 'ou=' + ou, BASE_DN].join(',');
  const { searchEntries } = await client.search(dn, { scope: 'base' }); // flaw: ldap-injection
  return searchEntries;
});

app.get<{ Querystring: { q: string } }>('/groups', (req, reply) => {
  const query = `cn=*${req.query.q}*`;
  ad.findGroups(query, (err: Error | null, groups: unknown) => { // flaw: ldap-injection
    if (err) {
      reply.code(502).send();
      return;
    }
    reply.send(groups);
  });
});

export default app;
