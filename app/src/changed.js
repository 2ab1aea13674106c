// Whether a field of a form says something else than the page said: what the scripts behind this one ask.
const isTicked = field => /radio|checkbox/.test(field.type);
const said = field => isTicked(field) ? field.checked : field.value;
const isChanged = field => said(field) !== (isTicked(field) ? field.defaultChecked
  : field.tagName === 'SELECT' ? ([...field.options].find(one => one.defaultSelected) ?? field.options[0])?.value
    : field.defaultValue);
