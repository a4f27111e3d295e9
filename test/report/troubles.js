/* global document, getComputedStyle */
/* eslint no-unused-vars: off */

/**
 * What a reader would trip over on a page that is open in a browser. Runs in the page, so it may
 * use nothing from outside.
 */
function troublesOf() {
  const troubles = [];
  const width = document.documentElement.clientWidth;
  const isShown = (element) => element.getClientRects().length > 0;
  const told = (element) =>
    `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}"> "${(element.textContent ?? '').trim().slice(0, 60)}"`;

  if (document.documentElement.scrollWidth > width) {
    troubles.push(`the page is ${document.documentElement.scrollWidth} wide in ${width}`);
  }
  for (const element of document.body.querySelectorAll('*')) {
    if (!isShown(element) || element.closest('svg, .hidden')) continue;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const scrolls = element.closest('.scroll, pre');
    if (!scrolls && (box.right > width + 1 || box.left < -1)) {
      troubles.push(`beyond the edge: ${told(element)}`);
    }
    const cuts = [style.overflowX, style.overflowY].some(
      (way) => way === 'hidden' || way === 'clip',
    );
    const isLarger =
      element.scrollWidth > element.clientWidth + 1 ||
      element.scrollHeight > element.clientHeight + 1;
    if (cuts && isLarger && element.clientWidth > 0) troubles.push(`cut: ${told(element)}`);
  }
  for (const scroll of document.querySelectorAll('.scroll')) {
    const isWide =
      scroll.matches('.box') || scroll.querySelector('.matrix') || scroll.closest('details');
    if (isShown(scroll) && !isWide && scroll.scrollWidth > scroll.clientWidth + 1) {
      troubles.push(`columns cut: ${told(scroll)}`);
    }
  }
  for (const svg of document.querySelectorAll('svg')) {
    if (!isShown(svg) || svg.closest('.diagram')) continue;
    const frame = svg.getBoundingClientRect();
    const places = new Map();
    for (const text of svg.querySelectorAll('text')) {
      const words = (text.textContent ?? '').trim();
      if (words === '' || !isShown(text)) continue;
      const box = text.getBoundingClientRect();
      const isOut =
        box.left < frame.left - 1 ||
        box.right > frame.right + 1 ||
        box.top < frame.top - 1 ||
        box.bottom > frame.bottom + 1;
      if (isOut) troubles.push(`out of its chart: "${words}"`);
      const size =
        parseFloat(getComputedStyle(text).fontSize) * (frame.width / svg.viewBox.baseVal.width);
      if (size < 8) troubles.push(`too small to read, ${size.toFixed(1)} px: "${words}"`);
      // Values of bars may be equal; labels of one axis stand in a row, or end at one edge.
      if (text.hasAttribute('data-value')) continue;
      for (const line of [`row ${Math.round(box.bottom)}`, `edge ${Math.round(box.right)}`]) {
        const others = places.get(line) ?? [];
        if (others.includes(words)) troubles.push(`twice on an axis: "${words}"`);
        places.set(line, [...others, words]);
      }
    }
  }
  return troubles;
}
