import Fastify, { FastifyReply, FastifyRequest } from 'fastify';
import { execSync, spawnSync, exec } from 'node:child_process';
import { promisify } from 'node:util';
import shell from 'shelljs';

const run = promisify(exec);
const app = Fastify({ logger: true });

const SERVICES: Record<string, string> = { web: 'nginx', db: 'postgresql', queue: 'rabbitmq-server' };

interface BackupBody {
  database: string;
  compress?: boolean;
  label?: string;
}

class CommandLine {
  private readonly words: string[] = [];

  constructor(program: string) {
    this.words.push(program);
  }

  with(flag: string, value?: string): this {
    this.words.push(value === undefined ? flag : `${flag}=${value}`);
    return this;
  }

  async execute(): Promise<string> {
    const { stdout } = await run(this.words.join(' ')); // flaw: command-injection
    return stdout;
  }
}

function quote(arg: string): string {
  return "'" + arg.replace(/'/g, "'\\''") + "'";
}

app.get('/archive/:file', async (req: FastifyRequest<{ Params: { file: string } }>) => {
  return { listing: execSync(`tar -tf /srv/archives/${req.params.file}`).toString() }; // flaw: command-injection
});

app.post('/backup', async (req: FastifyRequest<{ Body: BackupBody }>) => {
  const command = new CommandLine('pg_dump').with('--no-owner');
  if (req.body.compress) {
    command.with('--compress', '6');
  }
  command.with('--dbname', req.body.database);
  return { out: await command.execute() };
});

app.post('/restart', async (req: FastifyRequest<{ Body: { service: string } }>, reply: FastifyReply) => {
  const wanted = req.body.service;
  if (!Object.keys(SERVICES).includes(wanted)) {
    return reply.code(404).send({ error: 'unknown' });
  }
  const { stdout } = await run('systemctl restart ' + SERVICES[wanted]); // fine: command-injection
  return { stdout };
});

app.get('/wordcount', async (req: FastifyRequest<{ Querystring: { text: string } }>) => {
  const result = spawnSync('wc', ['-w'], { input: req.query.text, encoding: 'utf8' }); // fine: command-injection
  return { words: parseInt(result.stdout, 10) };
});

app.get('/whois', async (req: FastifyRequest<{ Querystring: { domain: string } }>) => {
  const { domain } = req.query;
  const result = spawnSync('sh', ['-c', `whois ${domain} | head -n 30`], { encoding: 'utf8' }); // flaw: command-injection
  return { text: result.stdout };
});

app.get('/banner', async (req: FastifyRequest<{ Querystring: { text: string } }>) => {
  const { stdout } = await run(`figlet -- ${quote(String(req.query.text))}`); // fine: command-injection
  return { stdout };
});

app.post('/tags', async (req: FastifyRequest<{ Body: { files: string[] } }>) => {
  const results: number[] = [];
  for (const file of req.body.files) {
    let line = 'exiftool -overwrite_original -all= ';
    line += file;
    results.push(shell.exec(line, { silent: true }).code); // flaw: command-injection
  }
  return { results };
});

app.post('/priority', async (req: FastifyRequest<{ Body: { pid: unknown; nice: unknown } }>) => {
  const pid = Math.trunc(Number(req.body.pid));
  const nice = Math.trunc(Number(req.body.nice));
  const { code } = shell.exec(`renice -n ${nice} -p ${pid}`, { silent: true }); // fine: command-injection
  return { code };
});

export default app;
