'use strict';

const net = require('net');
const tls = require('tls');
const fs = require('fs');
const querystring = require('querystring');

const CRLF = '\r\n';
const TYPES = { css: 'text/css', js: 'text/javascript', png: 'image/png' };

class RawResponse {
  constructor(socket) {
    this.socket = socket;
    this.lines = [];
  }

  status(code, text) {
    this.lines.unshift('HTTP/1.1 ' + code + ' ' + text);
    return this;
  }

  header(name, value) {
    this.lines.push(name + ': ' + value);
    return this;
  }

  end(body) {
    const head = this.lines.concat(['Content-Length: ' + Buffer.byteLength(body), '', '']).join(CRLF);
    this.socket.end(head + body); // flaw: header-injection
  }
}

function parseTarget(chunk) {
  const [requestLine] = chunk.toString('latin1').split(CRLF);
  const target = requestLine.split(' ')[1] || '/';
  const [pathname, search] = target.split('?');
  return { pathname, query: querystring.parse(search || '') };
}

function token(value) {
  if (!/^[\x21-\x7e]{1,64}$/.test(value)) {
    throw new RangeError('token');
  }
  return value;
}

function onData(socket, chunk) {
  const { pathname, query } = parseTarget(chunk);
  switch (pathname) {
    case '/download': {
      new RawResponse(socket)
        .status(200, 'OK')
        .header('Content-Disposition', `attachment; filename="${query.name}"`)
        .end('id,total\n');
      break;
    }
    case '/short': {
      socket.end(`HTTP/1.1 301 Moved Permanently${CRLF}Location: https://www.example.com/${query.slug}${CRLF}${CRLF}`); // flaw: header-injection
      break;
    }
    case '/short/v2': {
      const slug = querystring.escape(String(query.slug));
      socket.end(`HTTP/1.1 301 Moved Permanently${CRLF}Location: https://www.example.com/${slug}${CRLF}${CRLF}`); // fine: header-injection
      break;
    }
    case '/trace': {
      let head = 'HTTP/1.1 204 No Content' + CRLF;
      for (const key of ['span', 'parent']) {
        if (query[key]) {
          head += 'X-' + key + ': ' + query[key] + CRLF;
        }
      }
      socket.write(head); // flaw: header-injection
      socket.end(CRLF);
      break;
    }
    case '/trace/v2': {
      let head = 'HTTP/1.1 204 No Content' + CRLF;
      try {
        head += 'X-Span: ' + token(String(query.span)) + CRLF;
      } catch (e) {
        head += 'X-Span: none' + CRLF;
      }
      socket.end(head + CRLF); // fine: header-injection
      break;
    }
    case '/asset': {
      const type = Object.prototype.hasOwnProperty.call(TYPES, query.ext) ? TYPES[query.ext] : 'application/octet-stream';
      socket.end('HTTP/1.1 200 OK' + CRLF + 'Content-Type: ' + type + CRLF + CRLF); // fine: header-injection
      break;
    }
    case '/lang': {
      const chosen = query.lang || 'en';
      const cookie = 'Set-Cookie: lang=' + chosen + '; Path=/; Secure; HttpOnly';
      const block = ['HTTP/1.1 204 No Content', cookie, '', ''].join(CRLF);
      socket.end(Buffer.from(block, 'latin1')); // flaw: header-injection
      break;
    }
    default: {
      const age = Math.max(0, Number.parseInt(query.age, 10) || 0);
      socket.end('HTTP/1.1 404 Not Found' + CRLF + 'Age: ' + age + CRLF + CRLF); // fine: header-injection
    }
  }
}

const secure = tls.createServer({
  key: fs.readFileSync('/etc/ssl/private/edge.key'),
  cert: fs.readFileSync('/etc/ssl/certs/edge.pem'),
  minVersion: 'TLSv1.2',
}, (socket) => socket.once('data', (chunk) => onData(socket, chunk)));

const local = net.createServer((socket) => socket.once('data', (chunk) => onData(socket, chunk)));

module.exports = { secure, local };
