// A form that is on its way goes once, and the button that sent it says so; both are themselves again when the page is
// come back to, or nothing came of it.
(() => {
  const rest = form => {
    form.removeAttribute('data-sent');
    for (const field of form.elements) field.removeAttribute('aria-busy');
  };
  // Whoever comes back from comparing finds ticked what they had ticked.
  const keep = form => {
    const here = new URL(location);
    here.searchParams.delete('offer');
    for (const key of new FormData(form).getAll('offer')) here.searchParams.append('offer', key);
    history.replaceState(history.state, '', here);
  };
  addEventListener('submit', event => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (form.hasAttribute('data-sent')) { event.preventDefault(); return; }
    form.setAttribute('data-sent', '');
    event.submitter?.setAttribute('aria-busy', 'true');
    if (form.id === 'compare') keep(form);
    setTimeout(rest, 15000, form);
  });
  addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach(rest));
})();
