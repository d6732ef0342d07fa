import data from './snippets/data.ts?raw';
import events from './snippets/events.ts?raw';
import page from './snippets/page.html?raw';
import theme from './snippets/theme.css?raw';

/** The code to copy. It is in files, so that it is checked like all code. */
const SNIPPETS = [
  { title: 'In HTML', text: page },
  { title: 'Data from code', text: data },
  { title: 'Make it yours', text: theme },
  { title: 'Listen', text: events },
];

/** Milliseconds for which a button shows that it has copied. */
const SAID_MS = 2000;

/** Lists the snippets, each with a button that copies it. */
export function listSnippets(list: HTMLElement): void {
  list.replaceChildren(...SNIPPETS.map(({ title, text }, i) => snippet(`snippet-${i}`, title, text.trim())));
}

function snippet(id: string, title: string, text: string): HTMLElement {
  const figure = document.createElement('figure');
  const caption = document.createElement('figcaption');
  const button = document.createElement('button');
  const code = document.createElement('pre');
  const name = document.createElement('span');
  name.id = id;
  name.textContent = title;
  button.type = 'button';
  button.textContent = 'Copy';
  button.setAttribute('aria-describedby', id);
  button.addEventListener('click', () => {
    void copy(text, button);
  });
  code.textContent = text;
  // Long lines scroll, by keyboard too.
  code.tabIndex = 0;
  caption.append(name, button);
  figure.append(caption, code);
  return figure;
}

async function copy(text: string, button: HTMLButtonElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  } catch {
    // Pages without a secure address do not have a clipboard, and readers may deny access to it.
    button.textContent = 'Not allowed here';
  }
  setTimeout(() => (button.textContent = 'Copy'), SAID_MS);
}
