// Whoever goes to see what a notice is about has read it, in another tab too. Without scripts the way leads there all
// the same, and the button beside it marks the notice.
(() => {
  const seen = event => {
    const link = event.target.closest?.('a[data-read]');
    if (!link || event.button > 1) return;
    const form = link.closest('li').querySelector('form');
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
      fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), keepalive: true });
      return;
    }
    event.preventDefault();
    form.elements.next.value = link.getAttribute('href');
    form.requestSubmit();
  };
  addEventListener('click', seen);
  addEventListener('auxclick', seen);
})();
