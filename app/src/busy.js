// A form that is on its way goes once, and the button that sent it says so; both are themselves again when the page is
// come back to, or nothing came of it. Results of a form that says something else by now can't be taken.
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
    // What takes long says so.
    setTimeout(rest, form.querySelector('.long-work') ? 120000 : 15000, form);
  });
  // Results are of the form as it was searched with: while that says something else, nothing is taken from them.
  const compare = form => {
    const results = document.getElementById(form.dataset.results);
    if (!results) return;
    const changed = [...form.elements].some(field => field.name && isChanged(field));
    const note = results.querySelector('[data-outdated]');
    if (note) note.hidden = !changed;
    for (const button of results.querySelectorAll('button:not([hidden])')) button.disabled = changed;
  };
  // Three schedules fit beside each other: a fourth can't be ticked until one is given up.
  const limit = () => {
    const boxes = [...document.querySelectorAll('input[form="compare"]')];
    const full = boxes.filter(box => box.checked).length >= 3;
    for (const box of boxes) box.disabled = full && !box.checked;
  };
  for (const kind of ['change', 'pageshow']) addEventListener(kind, limit);
  for (const kind of ['input', 'change']) {
    addEventListener(kind, ({ target: { form } }) => { if (form?.dataset.results) compare(form); });
  }
  addEventListener('pageshow', () => document.querySelectorAll('form[data-results]').forEach(compare));
  addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach(rest));
})();
