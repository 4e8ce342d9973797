import { DataSource } from 'typeorm';
import { Sequelize } from 'sequelize';
import mongoose from 'mongoose';
import amqp from 'amqplib';
import ldap from 'ldapjs';
import SftpClient from 'ssh2-sftp-client';
import axios from 'axios';
import { readFileSync } from 'fs';

const MASKED = '********'; // fine: hard-coded-password
const PASSWORD_RULE = /^(?=.*\d).{12,128}$/; // fine: hard-coded-password
const ROOT_PW = 'Gr4nite-Falls-2020'; // flaw: hard-coded-password

interface Credentials {
  username: string;
  password: string;
}

function fromFile(name: string): string {
  return readFileSync(`/run/secrets/${name}`, 'utf8').trim();
}

export const inventory = new DataSource({
  type: 'postgres',
  host: 'inventory.internal',
  username: 'inventory',
  password: fromFile('inventory_password'), // fine: hard-coded-password
});

export const ledger = new DataSource({
  type: 'mysql',
  host: 'ledger.internal',
  username: 'ledger',
  password: 'led-9931-ger', // flaw: hard-coded-password
});

export function payroll(): Sequelize {
  return new Sequelize('payroll', 'payroll_app', 'P4yday!Friday', { host: 'payroll.internal', dialect: 'mssql' }); // flaw: hard-coded-password
}

export function holidays(): Sequelize {
  return new Sequelize('holidays', 'holiday_app', process.env.HOLIDAY_DB_PASSWORD, { dialect: 'mssql' }); // fine: hard-coded-password
}

export async function documents(): Promise<void> {
  const user = 'docs';
  const host = 'mongo.internal';
  await mongoose.connect(`mongodb://${user}:d0cs-R3ad3r@${host}/documents`); // flaw: hard-coded-password
}

export class Broker {
  private readonly credentials: Credentials;

  constructor(overrides: Partial<Credentials> = {}) {
    this.credentials = { username: 'worker', password: 'w0rker-bunny-55', ...overrides }; // flaw: hard-coded-password
  }

  connect() {
    return amqp.connect({ hostname: 'mq.internal', protocol: 'amqps', ...this.credentials });
  }
}

export function bindDirectory(done: (err: Error | null) => void): void {
  const client = ldap.createClient({ url: 'ldaps://ldap.internal' });
  client.bind('cn=admin,dc=internal', ROOT_PW, done);
}

export async function fetchReport(config: Credentials): Promise<unknown> {
  const auth = { username: config.username, password: config.password }; // fine: hard-coded-password
  const { data } = await axios.get('https://reports.internal/daily', { auth });
  return data;
}

export async function upload(file: string): Promise<void> {
  const client = new SftpClient();
  await client.connect({ host: 'sftp.example.com', username: 'drop', privateKey: readFileSync('/run/secrets/sftp_key') }); // fine: hard-coded-password
  await client.put(file, '/in/' + Date.now());
  await client.end();
}

export function describe(user: Credentials): Credentials {
  return { username: user.username, password: MASKED };
}

export function acceptable(password: string): boolean {
  return PASSWORD_RULE.test(password);
}
