export interface Figure {
  readonly title: string;
  readonly legend: readonly { readonly mark: string; readonly text: string }[];
  /** What the picture shows, for who cannot see it. */
  readonly label: string;
  readonly svg: string;
  /** The same picture for a narrow page, where one width does not serve both; else empty. */
  readonly narrowSvg: string;
}
