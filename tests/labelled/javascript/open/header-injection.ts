import * as http from 'http';
import * as net from 'net';
import { URL } from 'url';

const PROTOCOLS: string[] = ['chat.v1', 'chat.v2'];
const server = http.createServer((req, res) => {
  res.statusCode = 404;
  res.end();
});

function statusLine(code: number, reason: string): string {
  return `HTTP/1.1 ${code} ${reason}\r\n`;
}

function reply(socket: net.Socket, code: number, headers: Record<string, string>): void {
  let head = statusLine(code, http.STATUS_CODES[code] || 'Unknown');
  for (const [name, value] of Object.entries(headers)) {
    head += `${name}: ${value}\r\n`;
  }
  socket.write(head + 'Connection: close\r\n\r\n'); // flaw: header-injection
  socket.end();
}

function stripBreaks(value: string): string {
  return value.replace(/[\r\n\0]+/g, ' ');
}

server.on('upgrade', (req: http.IncomingMessage, socket: net.Socket) => {
  const url = new URL(req.url || '/', 'http://localhost');
  const room = url.searchParams.get('room') || 'lobby';

  if (url.pathname === '/moved') {
    socket.end('HTTP/1.1 302 Found\r\nLocation: /rooms/' + url.searchParams.get('to') + '\r\n\r\n'); // flaw: header-injection
    return;
  }

  if (url.pathname === '/moved/v2') {
    const target = encodeURIComponent(url.searchParams.get('to') || '');
    socket.end('HTTP/1.1 302 Found\r\nLocation: /rooms/' + target + '\r\n\r\n'); // fine: header-injection
    return;
  }

  if (url.pathname === '/denied') {
    reply(socket, 403, { 'X-Room': room });
    return;
  }

  if (url.pathname === '/chat') {
    const wanted = url.searchParams.get('protocol') || '';
    const chosen = PROTOCOLS.includes(wanted) ? wanted : PROTOCOLS[0];
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: ${chosen}\r\n\r\n`); // fine: header-injection
    return;
  }

  if (url.pathname === '/named') {
    const lines: string[] = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket'];
    const label = url.searchParams.get('label');
    if (label) {
      lines.push('X-Label: ' + label);
    }
    const head = lines.join('\r\n') + '\r\n\r\n';
    socket.write(head); // flaw: header-injection
    return;
  }

  if (url.pathname === '/quoted') {
    const label = stripBreaks(url.searchParams.get('label') || '');
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nX-Label: ${label}\r\n\r\n`); // fine: header-injection
    return;
  }

  const retry = parseInt(url.searchParams.get('retry') || '5', 10);
  socket.end(`HTTP/1.1 503 Service Unavailable\r\nRetry-After: ${retry}\r\n\r\n`); // fine: header-injection
});

server.on('connect', (req: http.IncomingMessage, socket: net.Socket) => {
  const query = new URLSearchParams((req.url || '').split('?')[1]);
  const session = query.get('sid');
  const cookie = `Set-Cookie: proxy_lang=${session}; Secure; HttpOnly; SameSite=Strict`;
  const head = [statusLine(200, 'Connection Established').trim(), cookie, '', ''];
  socket.write(head.join('\r\n')); // flaw: header-injection
});

server.listen(Number(process.env.PORT) || 8080, '127.0.0.1');
