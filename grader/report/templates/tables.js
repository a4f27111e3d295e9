/* global document, Option */
// Makes tables sortable by their headings and lets their rows be chosen; without it they are only tables.
'use strict';
for (const table of document.querySelectorAll('table.rows')) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const headings = [...table.tHead.rows[0].cells];
  const textOf = (row, column) => row.cells[column].textContent.trim();

  headings.forEach((heading, column) => {
    const isNumber = heading.dataset.sort === 'number';
    const valueOf = (row) =>
      isNumber ? Number(row.cells[column].dataset.value) : textOf(row, column);
    const compare = (one, other) =>
      isNumber
        ? (Number.isNaN(one) ? Infinity : one) - (Number.isNaN(other) ? Infinity : other) || 0
        : one.localeCompare(other);
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener('click', () => {
      const isAscending = heading.getAttribute('aria-sort') !== 'ascending';
      for (const other of headings) other.removeAttribute('aria-sort');
      heading.setAttribute('aria-sort', isAscending ? 'ascending' : 'descending');
      const sign = isAscending ? 1 : -1;
      body.append(...[...rows].sort((a, b) => sign * compare(valueOf(a), valueOf(b))));
    });
  });

  const tools = document.createElement('div');
  tools.className = 'tools small';
  const shown = document.createElement('output');
  const add = (text, control) => {
    const label = document.createElement('label');
    label.append(`${text} `, control);
    tools.append(label);
    control.addEventListener('input', choose);
    return control;
  };
  const search = add(table.dataset.filter, document.createElement('input'));
  search.type = 'search';
  const choices = headings.flatMap((heading, column) => {
    if (!heading.dataset.choice) return [];
    const select = document.createElement('select');
    const names = [...new Set(rows.map((row) => nameOf(row, column)))].sort();
    select.append(new Option(table.dataset.all, ''), ...names.map((name) => new Option(name)));
    return [{ column, select: add(heading.dataset.choice, select) }];
  });
  tools.append(shown);
  table.closest('.scroll').before(tools);
  choose();

  function nameOf(row, column) {
    return row.cells[column].querySelector('bdi').textContent;
  }

  function choose() {
    const wanted = search.value.toLowerCase();
    for (const row of rows) {
      const isChosen = choices.every(
        ({ column, select }) => select.value === '' || nameOf(row, column) === select.value,
      );
      row.hidden = !isChosen || !row.textContent.toLowerCase().includes(wanted);
    }
    const count = rows.filter((row) => !row.hidden).length;
    shown.textContent = `${table.dataset.filtered} ${count} / ${rows.length}`;
  }
}
