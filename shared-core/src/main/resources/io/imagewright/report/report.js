
(() => {
  'use strict';

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  // above a picture or a table; only there when the script runs
  const tools = (before, label, control) => {
    const output = element('output', {});
    before.before(element('div', { className: 'tools' }, element('label', {}, label, control), output));
    return output;
  };

  const search = table => {
    const rows = [...table.tBodies[0].rows].map(row => ({ row, text: row.textContent.toLowerCase() }));
    const input = element('input', { type: 'search', id: 'packages-search', autocomplete: 'off', spellcheck: false });
    const output = tools(table.parentElement, 'Find', input);
    const filter = () => {
      const words = input.value.toLowerCase().split(/\s+/);
      let shown = 0;
      for (const { row, text } of rows) {
        row.hidden = !words.every(word => text.includes(word));
        shown += row.hidden ? 0 : 1;
      }
      output.value = shown === rows.length ? `${rows.length} packages` : `${shown} of ${rows.length} packages`;
    };
    input.addEventListener('input', filter);
    filter();
  };

  const zoom = picture => {
    const scene = picture.querySelector('.scene');
    const cells = [...scene.querySelectorAll('.cell')];
    const divided = cells.filter(cell => cell.dataset.zoom);
    const select = element('select', { id: 'tree-zoom' }, element('option', { value: '' }, 'the whole tree'));
    select.append(...divided.map(cell => element('option', { value: cell.dataset.path }, cell.dataset.path)));
    tools(picture, 'Show', select);

    // a label is seen where there is room for all of it
    const fit = () => {
      for (const cell of cells) {
        const room = cell.querySelector('rect').getBoundingClientRect();
        for (const text of cell.querySelectorAll('text')) {
          const fits = text.getComputedTextLength() + 10 <= room.width && Number(text.getAttribute('y')) + 4 <= room.height;
          text.setAttribute('visibility', fits ? 'visible' : 'hidden');
        }
      }
    };
    const show = path => {
      const cell = divided.find(one => one.dataset.path === path);
      const [x, y, width, height] = (cell ? cell.dataset.zoom : '0 0 100 100').split(' ').map(Number);
      const place = { x: -x / width * 100, y: -y / height * 100, width: 1e4 / width, height: 1e4 / height };
      Object.entries(place).forEach(([name, value]) => scene.setAttribute(name, `${value}%`));
      select.value = cell ? path : '';
      fit();
    };
    // one level deeper on the way to what was clicked; back to the whole where there is none
    picture.addEventListener('click', event => {
      const clicked = event.target.closest('.cell');
      const path = clicked ? clicked.dataset.path : '';
      const next = divided.map(cell => cell.dataset.path)
        .filter(one => `${path}/`.startsWith(`${one}/`) && one.length > select.value.length)
        .sort((one, other) => one.length - other.length)[0];
      show(next || '');
    });
    document.addEventListener('keydown', event => {
      if (event.key === 'Escape' && select.value) {
        show('');
      }
    });
    select.addEventListener('change', () => show(select.value));
    addEventListener('resize', fit);
    picture.classList.add('zooms');
    show('');
  };

  document.querySelectorAll('#packages-table').forEach(search);
  document.querySelectorAll('.treemap').forEach(zoom);
})();
