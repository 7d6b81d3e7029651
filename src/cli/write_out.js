// Writes a DOM out: its type, its shadow roots, and the rules that scripts added to sheets, where they count. Gives `null` where that is
// longer than it may be, and says whether the same tree comes out when it is read again: scripts can make trees that HTML has no words
// for, and texts that turn into markup.
(limit => {
  const roots = [];
  const visit = root => {
    for (const one of root.querySelectorAll('*')) if (one.shadowRoot) { roots.push(one.shadowRoot); visit(one.shadowRoot); }
  };
  visit(document);
  // What an animation ends with is what is seen.
  for (const animation of document.getAnimations()) {
    try { animation.finish(); animation.commitStyles(); } catch { /* endless ones, and those of parts without a style of their own */ }
  }
  const rules = sheet => { try { return Array.from(sheet.cssRules, rule => rule.cssText).join('\n'); } catch { return null; } };
  const parsed = text => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text); return rules(sheet); };
  for (const root of [document, ...roots]) {
    for (const style of root.querySelectorAll('style')) {
      if (!style.sheet) continue;
      const own = rules(style.sheet);
      if (style.sheet.disabled) style.media = 'not all';
      if (own !== null && own !== parsed(style.textContent)) style.textContent = own;
    }
    for (const link of root.querySelectorAll('link')) if (link.sheet?.disabled) link.media = 'not all';
    for (const sheet of root.adoptedStyleSheets) {
      const style = document.createElement('style');
      style.textContent = rules(sheet) ?? '';
      if (sheet.disabled) style.media = 'not all'; else style.media = sheet.media.mediaText;
      (root.head ?? root).append(style);
    }
  }
  const type = document.doctype ? new XMLSerializer().serializeToString(document.doctype) + '\n' : '';
  const top = document.documentElement;
  if (!top) return { html: '', same: true };
  const shell = top.cloneNode(false).outerHTML;
  const end = shell.lastIndexOf('</');
  const html = type + shell.slice(0, end) + top.getHTML({ shadowRoots: roots }) + shell.slice(end);
  if (html.length > limit) return null;

  // Elements in their order and how they lie in each other, and the text in them; programs and comments show nothing.
  const outline = page => {
    const said = [];
    let text = '';
    const tell = word => {
      const plain = text.replace(/\s+/g, '');
      if (plain) said.push('"' + plain);
      text = '';
      said.push(word);
    };
    const open = [page.documentElement];
    while (open.length) {
      const node = open.pop();
      if (typeof node === 'string') { tell(node); continue; }
      if (node.nodeType === 3) { text += node.data; continue; }
      if (node.nodeType !== 1) continue;
      const name = node.localName;
      if (['script', 'noscript', 'template'].includes(name)) continue;
      tell('<' + name);
      open.push('>');
      open.push(...[...node.childNodes].reverse());
      if (node.shadowRoot) open.push('/root', ...[...node.shadowRoot.childNodes].reverse(), 'root');
    }
    return said.join('\n');
  };
  return { html, same: outline(document) === outline(Document.parseHTMLUnsafe(html)) };
})
