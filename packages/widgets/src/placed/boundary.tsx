/** One widget's crash never touches the page, nor the other widgets: it leaves its place empty and tells the inspector. */
import { Component, type ComponentChildren } from "preact";
import { inspectFailure } from "../client/inspector.ts";

export interface BoundaryProps {
  readonly place: HTMLElement;
  readonly children: ComponentChildren;
}

export class Boundary extends Component<BoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  override componentDidCatch(error: unknown): void {
    inspectFailure("A widget failed and was taken away.", error);
    this.props.place.dataset["state"] = "empty";
    this.setState({ failed: true });
  }

  render(): ComponentChildren {
    return this.state.failed ? null : this.props.children;
  }
}
