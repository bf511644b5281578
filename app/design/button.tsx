import type { ComponentProps, ReactNode } from "react";
import styles from "./button.module.css";

type ButtonProps = ComponentProps<"button"> & { look?: "plain" | "primary" | "danger" | "quiet" };

/** A push button. `primary` is for the one main action of its place. */
export function Button({ look = "plain", className, ...props }: ButtonProps): ReactNode {
  const names = [styles.button, look === "plain" ? "" : styles[look], className];
  return <button type="button" className={names.filter(Boolean).join(" ")} {...props} />;
}

type IconButtonProps = Omit<ComponentProps<"button">, "aria-label" | "title"> & { label: string };

/** A button that shows an icon alone; `label` is its name for assistive technology and its tooltip. */
export function IconButton({ label, className, ...props }: IconButtonProps): ReactNode {
  const names = [styles.button, styles.icon, className];
  return (
    <button type="button" aria-label={label} title={label} className={names.filter(Boolean).join(" ")} {...props} />
  );
}
