import type { Screen } from './screen.ts';

/**
 * Gives each of several works its own view of one screen: its lines carry its label, and the status
 * line has room for all.
 */
export function shareScreen(screen: Screen): (label: string) => Screen {
  const statuses = new Map<string, string>();
  const show = () => {
    const room = Math.floor(screen.width / Math.max(statuses.size, 1)) - separator.length;
    const parts = [...statuses].map(([label, text]) => `${label}: ${text}`.slice(0, room));
    screen.status(parts.join(separator));
  };
  return (label) => ({
    isTty: screen.isTty,
    width: screen.width,
    style: (style, text) => screen.style(style, text),
    print: (line) => screen.print(line),
    speakJson: () => screen.speakJson(),
    event: (event) => screen.event(event),
    command: (line) => screen.command(line),
    note(line) {
      screen.note(`${label}: ${line}`);
      show();
    },
    status(line) {
      if (line === '') statuses.delete(label);
      else statuses.set(label, line);
      show();
    },
  });
}

const separator = ' | ';
