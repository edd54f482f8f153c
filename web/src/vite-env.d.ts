interface ImportMetaEnv {
  /** "1" in builds that have the mock session and the mock lobby. */
  readonly VITE_MOCK?: string;
}
