// Whoever changes the language in the middle of a form finds in the other what they had typed: it waits in this window
// until the same page is there in that language. Nothing secret is kept. A form that was refused is sent there by the
// page itself, with what is wrong; what was typed since is kept here.
(() => {
  const STORE = 'typed-before';
  // A browser may forbid to keep anything.
  const store = (() => { try { return sessionStorage; } catch { return null; } })();
  const page = address => new URL(address, location).pathname.replace(/^\/(zh|en)(?=\/|$)/, '');
  const fields = () => [...document.querySelectorAll('main form')].flatMap((form, at) =>
    [...form.elements].filter(field => field.name && !['hidden', 'password', 'submit'].includes(field.type))
      .map(field => ({ field, place: `${at} ${field.name} ${isTicked(field) ? field.value : ''}` })));
  addEventListener('click', ({ target }) => {
    const way = target.closest?.('a[hreflang], button[data-other]');
    if (!way) return;
    const there = way.href ?? way.form.elements.here.value;
    // The answer to a refused form says from the beginning what was typed into it.
    const answer = document.querySelector('script[data-here]');
    const typed = fields().filter(({ field }) => answer || isChanged(field)).map(({ field, place }) => [place, said(field)]);
    if (typed.length) store?.setItem(STORE, JSON.stringify({ page: page(there), typed }));
  });
  const put = (field, value) => {
    if (said(field) === value) return;
    if (typeof value === 'boolean') field.checked = value; else field.value = value;
    // What keeps the page fresh is not awake yet, and must not take it for unchanged.
    field.closest('[data-live], body').setAttribute('data-typed', '');
    for (let more = field.closest('details'); more; more = more.parentElement.closest('details')) more.open = true;
    for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }));
  };
  addEventListener('DOMContentLoaded', () => {
    const kept = JSON.parse(store?.getItem(STORE) ?? 'null');
    store?.removeItem(STORE);
    if (kept?.page !== page(location)) return;
    const typed = new Map(kept.typed);
    const restore = () => fields().forEach(({ field, place }) => typed.has(place) && put(field, typed.get(place)));
    restore();
    // What depends on another field, such as the units of an offering, is made anew when the page wakes.
    const wakes = new MutationObserver(changes => {
      if (changes.some(({ target }) => target.tagName === 'SELECT')) restore();
    });
    wakes.observe(document.querySelector('main'), { childList: true, subtree: true });
    addEventListener('pointerdown', () => wakes.disconnect(), { once: true });
    addEventListener('keydown', () => wakes.disconnect(), { once: true });
  });
})();
