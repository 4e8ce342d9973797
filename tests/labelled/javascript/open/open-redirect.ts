import { Router, Request, Response } from 'express';

const router = Router();
const LANDING: Record<string, string> = { home: '/', billing: '/billing', team: '/team' };
const HOSTS: ReadonlySet<string> = new Set(['www.example.com', 'docs.example.com']);

function backTo(req: Request): string {
  const fromForm = req.body.returnTo;
  const fromQuery = req.query.returnTo as string | undefined;
  return fromForm || fromQuery || '/';
}

function finish(res: Response, target: string): void {
  res.set('Cache-Control', 'no-store');
  res.redirect(303, target); // flaw: open-redirect
}

function localPath(candidate: string): string {
  const parsed = new URL(candidate, 'https://www.example.com');
  if (parsed.origin !== 'https://www.example.com') {
    return '/';
  }
  return parsed.href;
}

router.get('/out', (req: Request, res: Response) => {
  res.redirect(req.query.url as string); // flaw: open-redirect
});

router.get('/out/known', (req: Request, res: Response) => {
  let target: URL;
  try {
    target = new URL(String(req.query.url));
  } catch {
    res.status(400).end();
    return;
  }
  if (target.protocol !== 'https:' || !HOSTS.has(target.hostname)) {
    res.status(400).end();
    return;
  }
  res.redirect(target.href); // fine: open-redirect
});

router.post('/login', (req: Request, res: Response) => {
  finish(res, backTo(req));
});

router.post('/login/v2', (req: Request, res: Response) => {
  let target = '/';
  try {
    target = localPath(backTo(req));
  } catch {
    target = '/';
  }
  res.redirect(303, target); // fine: open-redirect
});

router.get('/landing', (req: Request, res: Response) => {
  const key = String(req.query.page);
  const target = Object.prototype.hasOwnProperty.call(LANDING, key) ? LANDING[key] : '/';
  res.redirect(target); // fine: open-redirect
});

router.get('/next', (req: Request, res: Response) => {
  const next = String(req.query.next || '/');
  if (!next.startsWith('/')) {
    res.redirect('/');
    return;
  }
  res.redirect(next); // flaw: open-redirect
});

router.get('/items/:id/view', (req: Request, res: Response) => {
  res.redirect(`/items/${encodeURIComponent(req.params.id)}?tab=view`); // fine: open-redirect
});

router.get('/mirror', (req: Request, res: Response) => {
  const host = req.query.mirror ? req.query.mirror : 'downloads.example.com';
  const pieces = ['https:/', host, 'latest', 'setup.exe'];
  res.writeHead(302, { Location: pieces.join('/') }); // flaw: open-redirect
  res.end();
});

export default router;
