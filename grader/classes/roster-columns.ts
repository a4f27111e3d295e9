// Which column of a list says what, by its title. Canvas: lib/gradebook_importer.rb and gradebook_exporter.rb.
// Moodle: mod/assign/gradingtable.php (`recordid`, `fullname`) and user/profile fields, whose titles are in
// the language of the site.

export type RosterField = 'name' | 'first' | 'last' | 'email' | 'idNumber' | 'login' | 'platformId';

const titles: Readonly<Record<RosterField, readonly string[]>> = {
  name: [
    ...['student', 'full name', 'fullname', 'name', 'student name', 'display name', 'candidate'],
    ...['성명', '전체 이름', '전체이름', '학생', '학생 이름', '이름', '氏名', '姓名', '全名'],
    ...['vollständiger name', 'nombre completo', 'nom complet', 'nome completo', 'volledige naam'],
  ],
  first: ['first name', 'firstname', 'given name', 'vorname', 'nombre', 'prénom', '이름', '名'],
  last: [
    'last name',
    'lastname',
    'surname',
    'family name',
    'nachname',
    'apellido(s)',
    'nom',
    '성',
    '姓',
  ],
  email: [
    ...['email address', 'email', 'e-mail', 'e-mail address', 'mail', 'e-mail-adresse'],
    ...[
      '이메일',
      '이메일 주소',
      '메일',
      '메일 주소',
      '전자우편',
      'メールアドレス',
      'dirección de correo',
    ],
  ],
  idNumber: [
    ...['id number', 'idnumber', 'sis user id', 'student id', 'student number', 'matrikelnummer'],
    ...['학번', 'id 번호', '식별번호', '학생 번호', 'número de id', "numéro d'identification"],
  ],
  login: [
    ...['sis login id', 'username', 'user name', 'login', 'login id', 'anmeldename', 'github'],
    ...['사용자 이름', '사용자명', '아이디', 'nombre de usuario', "nom d'utilisateur", 'ユーザ名'],
  ],
  platformId: [
    ...['identifier', '식별자', '식별 번호', 'identificador', 'identificatie', '識別碼', '标识符'],
    "id de l'enregistrement",
  ],
};

/** The columns of a list by what they say; the first of several titles counts. */
export function columnsIn(header: readonly string[]): Partial<Record<RosterField, number>> {
  const found: Partial<Record<RosterField, number>> = {};
  const known = header.map((title) => title.normalize('NFC').trim().toLowerCase());
  for (const [field, names] of Object.entries(titles)) {
    const at = names.map((name) => known.indexOf(name)).find((index) => index >= 0);
    if (at !== undefined) found[field as RosterField] = at;
  }
  // 성 and 이름 beside each other are the two parts of a name.
  const { name, first, last } = found;
  if (last !== undefined && first !== undefined && name === first) delete found.name;
  return found;
}
