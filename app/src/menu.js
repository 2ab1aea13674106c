// The account's menu closes by the escape key and by a press beside it, and the focus is where it was opened.
(() => {
  const open = () => document.querySelector('details.account[open]');
  addEventListener('keydown', ({ key }) => {
    const menu = key === 'Escape' && open();
    if (!menu) return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });
  addEventListener('pointerdown', ({ target }) => {
    const menu = open();
    if (menu && !menu.contains(target)) menu.open = false;
  });
})();
