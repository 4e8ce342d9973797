'use strict';

const mysql = require('mysql2/promise');
const { Pool } = require('pg');
const express = require('express');

const SORTABLE = new Map([['name', 'p.name'], ['price', 'p.price'], ['added', 'p.created_at']]);
const maria = mysql.createPool({ uri: process.env.MARIA_URL });
const pg = new Pool({ connectionString: process.env.PG_URL });

class ProductStore {
  constructor(pool) {
    this.pool = pool;
  }

  async byCategory(category, sort, direction) {
    const column = SORTABLE.get(sort) || SORTABLE.get('name');
    const dir = direction === 'desc' ? 'DESC' : 'ASC';
    const sql = `SELECT p.id, p.name, p.price FROM products p WHERE p.category = ? ORDER BY ${column} ${dir}`;
    const [rows] = await this.pool.query(sql, [category]); // fine: sql-injection
    return rows;
  }

  async filter(options) {
    let sql = 'SELECT id, name, price FROM products WHERE 1 = 1';
    if (options.maxPrice) {
      sql += ' AND price <= ' + Number(options.maxPrice);
    }
    if (options.brand) {
      sql += " AND brand = '" + options.brand + "'";
    }
    const [rows] = await this.pool.query(sql); // flaw: sql-injection
    return rows;
  }

  async many(ids) {
    const marks = ids.map(() => '?').join(', ');
    const [rows] = await this.pool.execute(`SELECT id, name FROM products WHERE id IN (${marks})`, ids); // fine: sql-injection
    return rows;
  }

  async page(limit, offset) {
    const size = Math.min(parseInt(limit, 10) || 20, 100);
    const skip = parseInt(offset, 10) || 0;
    const [rows] = await this.pool.query('SELECT id, name FROM products LIMIT ' + skip + ', ' + size); // fine: sql-injection
    return rows;
  }
}

async function fetchAll(text) {
  const result = await pg.query(text); // flaw: sql-injection
  return result.rows;
}

const store = new ProductStore(maria);
const app = express();
app.use(express.json());

app.get('/products', async (req, res, next) => {
  try {
    res.json(await store.byCategory(String(req.query.category), req.query.sort, req.query.dir));
  } catch (e) {
    next(e);
  }
});

app.post('/products/filter', async (req, res) => {
  res.json(await store.filter(req.body));
});

app.post('/products/many', async (req, res) => {
  const ids = Array.isArray(req.body.ids) ? req.body.ids.map(String) : [];
  res.json(ids.length ? await store.many(ids) : []);
});

app.get('/products/page', async (req, res) => {
  res.json(await store.page(req.query.limit, req.query.offset));
});

app.get('/customers/:id', async (req, res) => {
  const { rows } = await pg.query(`SELECT id, email FROM customers WHERE id = ${req.params.id}`); // flaw: sql-injection
  res.json(rows[0] || null);
});

app.get('/customers', async (req, res) => {
  const { rows } = await pg.query('SELECT id, email FROM customers WHERE city = $1', [req.query.city]); // fine: sql-injection
  res.json(rows);
});

app.get('/orders', async (req, res) => {
  const order = req.query.order || 'created_at';
  res.json(await fetchAll(`SELECT id, total FROM orders ORDER BY ${order} LIMIT 50`));
});

app.delete('/orders/:ref', async (req, res) => {
  const client = await pg.connect();
  try {
    const conditions = [];
    conditions.push(`ref = '${req.params.ref}'`);
    conditions.push('shipped_at IS NULL');
    const text = ['DELETE FROM orders WHERE', conditions.join(' AND ')].join(' ');
    await client.query({ text }); // flaw: sql-injection
    res.status(204).end();
  } finally {
    client.release();
  }
});

module.exports = app;
