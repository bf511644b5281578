import { Monitor, Moon, Sun } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "../design/button.tsx";
import { MenuButton } from "../design/menu-button.tsx";
import { chooseTheme, type ThemeChoice, useTheme } from "./theme.ts";

const choices: { id: ThemeChoice; label: string; icon: ReactNode }[] = [
  { id: "system", label: "System", icon: <Monitor size={14} aria-hidden /> },
  { id: "light", label: "Light", icon: <Sun size={14} aria-hidden /> },
  { id: "dark", label: "Dark", icon: <Moon size={14} aria-hidden /> },
];

/** Light, dark, or what the system says. */
export function ThemeMenu(): ReactNode {
  const { choice, theme } = useTheme();
  const Icon = theme === "dark" ? Moon : Sun;
  return (
    <MenuButton
      align="end"
      trigger={
        <IconButton label="Theme">
          <Icon size={15} aria-hidden />
        </IconButton>
      }
      entries={choices.map((one) => ({ ...one, checked: one.id === choice, onSelect: () => chooseTheme(one.id) }))}
    />
  );
}
