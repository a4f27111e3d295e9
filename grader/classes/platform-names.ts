// What learning platforms put around the names that candidates gave.
//
// Moodle, mod/assign/locallib.php, download_submissions: `PREFIX_ID_assignsubmission_PLUGIN_` with the file
// below it, or before the file's name where folders are off. The prefix is `group-` and the full name, or
// the word for a participant where names are hidden; underscores in it become blanks; the id is the one that
// the grading worksheet calls "Participant ID". Sites that have changed the code leave out the id.
//
// Canvas, lib/content_zipper.rb, get_filename: `name_LATE_user_attachment_file`, the name as it is sorted, in
// lower case and without what is no letter, digit or underscore; `LATE` where it is. A group has its
// group's name; where names are hidden `anon_` and five letters and digits stand for name and user. What was
// typed or linked is `…_text.html` or `…_link.html`.

/** A name of a file or a folder in a platform's download. */
interface PlatformName {
  readonly platform: 'moodle' | 'canvas';
  /** As the platform writes it; null where it hides names. */
  readonly name: string | null;
  readonly platformId: string | null;
  /** What Canvas says against its own date; null of Moodle, which says nothing. */
  readonly isLate: boolean | null;
  /** What the candidate called it; empty for a folder. */
  readonly own: string;
  /** A file, or what was typed on the platform's page. */
  readonly kind: 'file' | 'text';
}

/** Null for a name that no platform has made. */
export function platformName(name: string): PlatformName | null {
  const text = name.normalize('NFC');
  return moodleName(text) ?? canvasText(text) ?? canvasFile(text);
}

/** What Moodle's pages call one whose name is hidden, in English and Korean. */
const hidden = /(?:^|-)(?:participant|참가자|참여자)$/i;

function moodleName(text: string): PlatformName | null {
  const found =
    /^(?<who>.+?)(?:[_ ](?<id>\d+))?_assignsubmission_(?<plugin>[a-z]+)(?:_(?<own>.*))?$/su.exec(
      text,
    );
  if (!found?.groups) return null;
  const { who = '', id = null, plugin, own = '' } = found.groups;
  return {
    platform: 'moodle',
    name: id !== null && hidden.test(who) ? null : who.trim(),
    platformId: id,
    isLate: null,
    own,
    kind: plugin === 'onlinetext' ? 'text' : 'file',
  };
}

function canvasFile(text: string): PlatformName | null {
  const found =
    /^(?:(?<who>.+?)_)??(?:(?<late>LATE)_)?(?<id>anon_[0-9A-Za-z]{5}|\d+)_\d+_(?<own>.+)$/su.exec(
      text,
    );
  return canvasName(found, 'file');
}

function canvasText(text: string): PlatformName | null {
  const found =
    /^(?:(?<who>.+?)_)??(?:(?<late>LATE)_)?(?<id>anon_[0-9A-Za-z]{5}|\d+)_(?<own>(?:text|link)\.html)$/su.exec(
      text,
    );
  return canvasName(found, 'text');
}

function canvasName(
  found: RegExpExecArray | null,
  kind: PlatformName['kind'],
): PlatformName | null {
  if (!found?.groups) return null;
  const { who = null, late, id = '', own = '' } = found.groups;
  const isHidden = id.startsWith('anon_');
  // A number alone before a name is no platform's: `1_2_sunspots.ts`.
  if (who === null && !isHidden) return null;
  return {
    platform: 'canvas',
    name: isHidden ? null : who,
    platformId: id,
    isLate: late !== undefined,
    own,
    kind,
  };
}
