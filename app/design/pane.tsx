import { Component, type ReactNode } from "react";
import { messageOf } from "../utils/message-of.ts";
import { Button } from "./button.tsx";
import { EmptyState } from "./empty-state.tsx";

interface PaneProps {
  /** What the pane holds, in a sentence: "The … pane". */
  name: string;
  children: ReactNode;
}

/** Holds a part of the studio: a fault of ours in it takes this part away, and not the whole page. */
export class Pane extends Component<PaneProps, { fault: string | undefined }> {
  override state: { fault: string | undefined } = { fault: undefined };

  static getDerivedStateFromError(error: unknown): { fault: string } {
    return { fault: messageOf(error) };
  }

  override render(): ReactNode {
    if (this.state.fault === undefined) return this.props.children;
    return (
      <EmptyState>
        <p role="alert">
          The {this.props.name} pane failed: {this.state.fault}
        </p>
        <Button onClick={() => this.setState({ fault: undefined })}>Try again</Button>
      </EmptyState>
    );
  }
}
