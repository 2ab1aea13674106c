// A form that is on its way says so and goes once; it is itself again when the page is come back to, or nothing came of it.
(() => {
  const rest = form => { form.removeAttribute('data-sent'); form.removeAttribute('aria-busy'); };
  addEventListener('submit', event => {
    const form = event.target;
    if (form.hasAttribute('data-sent')) { event.preventDefault(); return; }
    if (event.defaultPrevented) return;
    form.setAttribute('data-sent', '');
    form.setAttribute('aria-busy', 'true');
    setTimeout(rest, 15000, form);
  });
  addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach(rest));
})();
