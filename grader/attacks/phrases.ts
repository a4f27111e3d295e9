/** What holds, behind the code or words with which it refuses. */
const phrases: Readonly<Record<string, string>> = {
  ERR_ACCESS_DENIED: 'Node’s permission model',
  EAFNOSUPPORT: 'seccomp: no sockets',
  EPERM: 'the kernel: no right',
  EACCES: 'the kernel: no right to the file',
  ENOENT: 'its file system has no such file',
  ENOTDIR: 'its file system has no such file',
  EROFS: 'its file system is read-only',
  EXDEV: 'its file system is another one',
  EFBIG: 'the limit of a file’s size',
  ENOSPC: 'the size of its temporary folder',
  EMFILE: 'the limit of open files',
  ENOMEM: 'the limit of memory',
  ECONNREFUSED: 'its network is another one',
  ESRCH: 'it sees no such process',
  ERR_DLOPEN_DISABLED: 'Node’s permission model',
};

export function phraseOf(said: string): string {
  const phrase = phrases[said];
  if (phrase !== undefined) return `${phrase} (${said})`;
  return /allocat|out of memory/i.test(said) ? `the limit of memory (${said})` : said;
}
