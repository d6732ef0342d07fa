const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that stays text wherever HTML puts it: between tags, or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

/**
 * JavaScript as the content of a script element. A tag of that name is all that the HTML parser looks for there (WHATWG
 * HTML, "Script data states"); JavaScript has it in strings and the like alone, where the escape means the same.
 */
export function escapeScript(script: string): string {
  return script.replace(/<(?=\/?script[\s/>])/gi, '\\x3c');
}
