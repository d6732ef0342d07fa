const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes text for use between tags or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

/**
 * JavaScript as the content of a script element. The HTML parser looks only for tags of that name there (WHATWG HTML,
 * "Script data states"). In JavaScript these occur only in strings, templates and regular expressions, where the escape has
 * the same meaning.
 */
export function escapeScript(script: string): string {
  return script.replace(/<(?=\/?script[\s/>])/gi, '\\x3c');
}
