import DOMPurify from 'dompurify';
import $ from 'jquery';
import { marked } from 'marked';

interface Notice {
  author: string;
  text: string;
  link: string;
}

const TABS = new Set(['overview', 'history', 'files']);

function fragment(): URLSearchParams {
  return new URLSearchParams(window.location.hash.slice(1));
}

function encode(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

export class NoticeBoard {
  private readonly root: HTMLElement;

  private html = '';

  constructor(root: HTMLElement) {
    this.root = root;
  }

  append(notice: Notice): void {
    this.html += `<article><h3>${encode(notice.author)}</h3><p>${notice.text}</p></article>`;
  }

  paint(): void {
    this.root.insertAdjacentHTML('beforeend', this.html); // flaw: xss
  }

  paintTexts(notices: Notice[]): void {
    for (const notice of notices) {
      const p = document.createElement('p');
      p.textContent = `${notice.author}: ${notice.text}`; // fine: xss
      this.root.appendChild(p);
    }
  }
}

export function greet(): void {
  const target = document.getElementById('greeting') as HTMLElement;
  target.innerHTML = 'Welcome, ' + decodeURIComponent(location.search.substring(6)); // flaw: xss
}

export function greetAgain(): void {
  const target = document.getElementById('greeting') as HTMLElement;
  const name = fragment().get('name') ?? 'guest';
  target.innerHTML = `Welcome, <b>${encode(name)}</b>`; // fine: xss
}

export async function showReadme(): Promise<void> {
  const source = fragment().get('md') ?? '';
  const html = await marked.parse(source);
  const pane = document.querySelector('#readme') as HTMLElement;
  pane.innerHTML = DOMPurify.sanitize(html); // fine: xss
}

export async function showPreview(): Promise<void> {
  const source = fragment().get('preview');
  if (!source) {
    return;
  }
  const rendered = await marked.parse(source);
  const wrapped = ['<div class="preview">', rendered, '</div>'];
  $('#preview').html(wrapped.join('')); // flaw: xss
}

export function openTab(): void {
  const wanted = fragment().get('tab') ?? '';
  const tab = TABS.has(wanted) ? wanted : 'overview';
  $('#tabs').append(`<li class="active" data-tab="${tab}"></li>`); // fine: xss
}

export function showError(): void {
  const message = fragment().get('error');
  $('#error').text(message ?? ''); // fine: xss
}

export function listen(board: NoticeBoard): void {
  window.addEventListener('message', (event: MessageEvent) => {
    const notices = event.data.notices as Notice[];
    notices.forEach((n) => board.append(n));
    board.paint();
  });
}

export function printable(): void {
  const title = fragment().get('title') ?? document.title;
  const view = window.open('', 'print') as Window;
  let page = '<html><head><title>';
  page += title;
  page += '</title></head><body onload="print()"></body></html>';
  view.document.write(page); // flaw: xss
  view.document.close();
}
