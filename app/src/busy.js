// A form that is on its way goes once, and the button that sent it says so; both are themselves again when the page is
// come back to, or nothing came of it.
(() => {
  const rest = form => {
    form.removeAttribute('data-sent');
    for (const field of form.elements) field.removeAttribute('aria-busy');
  };
  addEventListener('submit', event => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (form.hasAttribute('data-sent')) { event.preventDefault(); return; }
    form.setAttribute('data-sent', '');
    event.submitter?.setAttribute('aria-busy', 'true');
    setTimeout(rest, 15000, form);
  });
  addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach(rest));
})();
