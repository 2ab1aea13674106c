// What is shown once is copied whole by a button, which is there where scripts run.
(() => {
  addEventListener('DOMContentLoaded', () => {
    for (const button of document.querySelectorAll('button[data-copy]')) button.hidden = false;
  });
  addEventListener('click', async ({ target }) => {
    const button = target.closest?.('button[data-copy]');
    if (!button) return;
    const field = document.getElementById(button.dataset.copy);
    field.select();
    // Without a safe connection there is only the older way.
    try { await navigator.clipboard.writeText(field.value); } catch { if (!document.execCommand('copy')) return; }
    button.textContent = button.dataset.done;
  });
})();
