import { Agent, request as undiciRequest } from 'undici';
import got from 'got';
import WebSocket from 'ws';
import mqtt from 'mqtt';
import { readFileSync } from 'node:fs';
import { createConnection } from 'mysql2/promise';
import { createClient } from 'redis';
import { Kafka } from 'kafkajs';
import { app as electronApp } from 'electron';

const CA = readFileSync('/etc/pki/company-ca.crt');

interface Connection {
  url: string;
  strict: boolean;
}

export class InventoryClient {
  private readonly dispatcher = new Agent({
    connect: { rejectUnauthorized: false }, // flaw: tls-verification
  });

  async list(): Promise<unknown> {
    const { body } = await undiciRequest('https://inventory.internal/items', { dispatcher: this.dispatcher });
    return body.json();
  }
}

export class PricingClient {
  private readonly dispatcher = new Agent({
    connect: { ca: CA, timeout: 4000 }, // fine: tls-verification
  });

  async list(): Promise<unknown> {
    const { body } = await undiciRequest('https://pricing.internal/items', { dispatcher: this.dispatcher });
    return body.json();
  }
}

export async function fetchStatement(id: number): Promise<string> {
  const options: Record<string, unknown> = {};
  options.https = { rejectUnauthorized: false }; // flaw: tls-verification
  return got(`https://bank.example.com/statements/${id}`, options).text();
}

export async function fetchInvoice(id: number): Promise<string> {
  return got(`https://bank.example.com/invoices/${id}`, {
    https: { certificateAuthority: CA, rejectUnauthorized: true }, // fine: tls-verification
  }).text();
}

export function stream(connection: Connection): WebSocket {
  const lenient = !connection.strict || connection.url.startsWith('wss://');
  return new WebSocket(connection.url, { rejectUnauthorized: !lenient }); // flaw: tls-verification
}

export function streamQuotes(url: string): WebSocket {
  return new WebSocket(url, { ca: CA, handshakeTimeout: 3000 }); // fine: tls-verification
}

export function devices(url: string) {
  return mqtt.connect(url, {
    clientId: 'gateway',
    rejectUnauthorized: false, // flaw: tls-verification
  });
}

export async function warehouse(host: string) {
  return createConnection({ host, user: 'wh', password: process.env.WH_PASSWORD, ssl: { ca: CA.toString(), rejectUnauthorized: true } }); // fine: tls-verification
}

export function cache(url: string) {
  return createClient({ url, socket: { tls: true, checkServerIdentity: () => undefined } }); // flaw: tls-verification
}

export function events(brokers: string[]): Kafka {
  return new Kafka({ clientId: 'gateway', brokers, ssl: { ca: [CA.toString()] } }); // fine: tls-verification
}

electronApp.on('certificate-error', (event, _contents, _url, _error, _certificate, callback) => {
  event.preventDefault();
  callback(true); // flaw: tls-verification
});
