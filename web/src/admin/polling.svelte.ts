/** Something that is asked for again and again while somebody looks at it. */
const EVERY = 5000; // milliseconds

export class Polled<T> {
  value = $state.raw<T>();
  error = $state.raw<unknown>();
  /** Date.now() of the value. */
  time = $state(0);

  /** Call it while a component is made; it ends with the component. */
  constructor(private readonly ask: () => Promise<T>) {
    $effect(() => {
      void this.look();
      const timer = setInterval(() => document.hidden || void this.look(), EVERY);
      return () => clearInterval(timer);
    });
  }

  async look(): Promise<void> {
    try {
      this.value = await this.ask();
      this.time = Date.now();
      this.error = undefined;
    } catch (error) {
      this.error = error;
    }
  }
}
