// What is filled into a form that keeps a draft is saved by itself, once nobody has typed for a while. Its note says
// where to; the page that answers says there when that was, or why not. Nothing is saved while the form itself is on
// its way, and that waits for what is being saved: over an older draft it would be refused. Each time it says that it
// is another one: were an answer lost, the next would otherwise look like somebody else's.
(() => {
  const PAUSE = 5000, LONGEST = 10000;
  let due, saving, last;
  const noteOf = part => part?.querySelector?.('[data-draft]');
  const count = ({ elements: { turn } }) => { turn.value = Number(turn.value) + 1; };
  const save = async form => {
    const note = noteOf(form), typed = new FormData(form);
    if (!note || form.hasAttribute('data-sent')) return;
    for (const name of ['known', 'turn']) typed.delete(name);
    const what = String(new URLSearchParams(typed));
    if (what === last) return;
    count(form);
    for (const name of ['known', 'turn']) typed.set(name, form.elements[name].value);
    typed.set('quietly', 'true');
    try {
      const answer = await fetch(note.dataset.draft, {
        method: 'POST', body: new URLSearchParams(typed), signal: AbortSignal.timeout(LONGEST),
      });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = noteOf(page.getElementById('request'));
      const saved = fresh?.hasAttribute('data-saved');
      if (saved) {
        last = what;
        form.elements.known.value = fresh.closest('form').elements.known.value;
      }
      note.textContent = fresh?.textContent.trim() || note.dataset.failed;
    } catch {
      note.textContent = note.dataset.failed;
    }
  };
  const wait = form => {
    clearTimeout(due);
    due = setTimeout(() => {
      if (saving) wait(form); else saving = save(form).then(() => { saving = undefined; });
    }, PAUSE);
  };
  for (const kind of ['input', 'change']) {
    addEventListener(kind, ({ target }) => {
      const note = target.name && noteOf(target.form);
      if (!note) return;
      // What was said is so no more.
      note.replaceChildren();
      wait(target.form);
    });
  }
  addEventListener('submit', event => {
    const { target: form, submitter } = event;
    if (!noteOf(form)) return;
    count(form);
    clearTimeout(due);
    if (!saving) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    submitter?.setAttribute('aria-busy', 'true');
    saving.then(() => form.requestSubmit(submitter));
  }, true);
})();
