// Whoever's clock isn't the plants', eight hours ahead of UTC, has times on their own beside: there is room for them
// before what tells them is awake, and none for others.
if (new Date().getTimezoneOffset() !== -480) document.documentElement.setAttribute('data-away', '');
