// Git over https for those who know the password: node git_server.mjs KEY CERT ROOT USER PASSWORD. The repositories below
// ROOT are served by Git's own http-backend. Says its port on one line.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import https from 'node:https';

const [key, cert, root, user, password] = process.argv.slice(2);
const known = 'Basic ' + Buffer.from(`${user}:${password}`).toString('base64');
const backend = execFileSync('git', ['--exec-path']).toString().trim() + '/git-http-backend';

function serve(request, response) {
  if (request.headers.authorization !== known) {
    response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' });
    return response.end();
  }
  const { pathname, search } = new URL(request.url, 'https://localhost');
  const environment = {
    PATH: process.env.PATH,
    GIT_PROJECT_ROOT: root,
    GIT_HTTP_EXPORT_ALL: '1',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'safe.directory',
    GIT_CONFIG_VALUE_0: '*',
    PATH_INFO: pathname,
    QUERY_STRING: search.slice(1),
    REQUEST_METHOD: request.method,
    CONTENT_TYPE: request.headers['content-type'] ?? '',
    HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
    REMOTE_USER: user,
  };
  const child = spawn(backend, { env: environment, stdio: ['pipe', 'pipe', 'ignore'] });
  request.pipe(child.stdin);
  const pieces = [];
  child.stdout.on('data', (piece) => pieces.push(piece));
  child.on('close', () => {
    const all = Buffer.concat(pieces);
    const end = all.indexOf('\r\n\r\n');
    const headers = Object.fromEntries(all.subarray(0, end).toString().split('\r\n').map((line) => line.split(': ')));
    response.writeHead(parseInt(headers.Status ?? '200', 10), headers);
    response.end(all.subarray(end + 4));
  });
}

const server = https.createServer({ key: fs.readFileSync(key), cert: fs.readFileSync(cert) }, serve);
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
