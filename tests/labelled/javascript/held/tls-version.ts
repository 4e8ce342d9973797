import Fastify, { FastifyInstance } from 'fastify';
import * as http2 from 'node:http2';
import * as tls from 'node:tls';
import { constants } from 'node:crypto';
import { readFileSync } from 'node:fs';
import got from 'got';
import nodemailer from 'nodemailer';

const key = readFileSync('/etc/ssl/private/gw.key');
const cert = readFileSync('/etc/ssl/certs/gw.crt');
const NO_OLD = constants.SSL_OP_NO_SSLv3 | constants.SSL_OP_NO_TLSv1 | constants.SSL_OP_NO_TLSv1_1;

type Profile = 'old' | 'current';

const FLOOR: Record<Profile, tls.SecureVersion> = {
  old: 'TLSv1', // flaw: tls-version
  current: 'TLSv1.2', // fine: tls-version
};

export function gateway(profile: Profile): FastifyInstance {
  return Fastify({ https: { key, cert, minVersion: FLOOR[profile] } });
}

export function publicSite(): FastifyInstance {
  return Fastify({ https: { key, cert, minVersion: 'TLSv1.1' } }); // flaw: tls-version
}

export function grpcEdge(): http2.Http2SecureServer {
  return http2.createSecureServer({ key, cert, allowHTTP1: true, minVersion: 'TLSv1.3' }); // fine: tls-version
}

export function partnerEdge(): http2.Http2SecureServer {
  const options: http2.SecureServerOptions = { key, cert };
  options.secureProtocol = 'TLSv1_1_server_method'; // flaw: tls-version
  return http2.createSecureServer(options);
}

export function filteredEdge(): http2.Http2SecureServer {
  return http2.createSecureServer({ key, cert, secureProtocol: 'TLS_method', secureOptions: NO_OLD }); // fine: tls-version
}

export async function fetchRates(): Promise<string> {
  return got('https://rates.example.com/daily', {
    https: { minVersion: 'TLSv1' }, // flaw: tls-version
  }).text();
}

export async function fetchNews(): Promise<string> {
  return got('https://news.example.com/daily', {
    https: { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' }, // fine: tls-version
  }).text();
}

export function mailer(host: string) {
  const tlsOptions: tls.ConnectionOptions = {};
  tlsOptions.servername = host;
  tlsOptions.minVersion = 'TLSv1'; // flaw: tls-version
  return nodemailer.createTransport({ host, port: 465, secure: true, tls: tlsOptions });
}

export function describeSocket(socket: tls.TLSSocket): string {
  const version = socket.getProtocol();
  if (version === 'TLSv1' || version === 'TLSv1.1') { // fine: tls-version
    socket.destroy();
    return 'refused';
  }
  return String(version);
}
