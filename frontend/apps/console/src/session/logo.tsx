export interface LogoProps {
  readonly size?: number;
}

/** Three lanes of a timeline. */
export function Logo({ size = 20 }: LogoProps) {
  return <img src="/favicon.svg" alt="" width={size} height={size} />;
}
