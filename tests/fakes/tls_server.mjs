// An HTTP/2 server over TLS (HTTP/1.1 for those who ask for it): node tls_server.mjs KEY CERT. Says its port on one line.
import fs from 'node:fs';
import http2 from 'node:http2';
import zlib from 'node:zlib';

const [key, cert] = process.argv.slice(2).map((file) => fs.readFileSync(file));
const server = http2.createSecureServer({ key, cert, allowHTTP1: true }, (request, response) => {
  switch (request.url) {
    case '/bomb': {
      // 1 GB of zeros, about 1 MB on the wire
      response.writeHead(200, { 'content-encoding': 'gzip' });
      const pack = zlib.createGzip();
      pack.pipe(response);
      const zeros = Buffer.alloc(1 << 20);
      let left = 1024;
      const more = () => {
        while (left-- > 0) if (!pack.write(zeros)) return pack.once('drain', more);
        pack.end();
      };
      pack.on('error', () => {});
      response.on('error', () => {});
      more();
      break;
    }
    case '/packed':
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(zlib.gzipSync('unpacked'));
      break;
    case '/goaway':
      response.writeHead(200, { 'content-length': '1000' });
      response.write('half');
      setTimeout(() => request.stream?.session?.destroy(undefined, http2.constants.NGHTTP2_INTERNAL_ERROR), 20);
      break;
    case '/reset':
      request.stream.close(http2.constants.NGHTTP2_ENHANCE_YOUR_CALM);
      break;
    default: {
      const pieces = [];
      request.on('data', (piece) => pieces.push(piece));
      request.on('end', () => response.end(Buffer.concat(pieces)));
    }
  }
});
server.on('sessionError', () => {});
server.on('tlsClientError', () => {});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
