/// The look of pages and figures, in one place.
enum StyleSheet {
    /// The colours of figures; Okabe and Ito's, darkened for white pages and lightened for dark ones to keep contrast.
    private static let lightColours = """
        --paper:#ffffff; --ink:#1b1f24; --muted:#59636e; --rule:#d8dee4; --faint:#f4f6f8; --accent:#0b62a6;
        --s0:#0072b2; --s1:#c4540a; --s2:#00805e; --s3:#a8447f; --s4:#8a6a00; --s5:#52606d;
        """
    private static let darkColours = """
        --paper:#14171b; --ink:#e4e8ec; --muted:#9aa5b1; --rule:#353c45; --faint:#1d2228; --accent:#6cb8f0;
        --s0:#5fb4ee; --s1:#f08a4b; --s2:#3fc79a; --s3:#e294c3; --s4:#e3bd4a; --s5:#a9b4c0;
        """

    /// Colours by scheme; a printed page is always light.
    private static let colours = """
        :root { color-scheme:light dark; \(lightColours) }
        @media (prefers-color-scheme: dark) { :root { \(darkColours) } }
        @media print { :root { color-scheme:light; \(lightColours) } }
        """

    /// The look of figures, in the names of colours.
    static let marks = """
        svg text { font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif; fill:var(--ink); }
        svg text.tick { font-size:11px; fill:var(--muted); font-variant-numeric:tabular-nums; }
        svg text.on-cell { font-size:11px; fill:var(--paper); }
        svg text.section { font-size:11px; fill:var(--muted); letter-spacing:.04em; text-transform:uppercase; }
        svg text.gate { font-size:11px; font-weight:600; }
        svg text.angle { font-size:11px; fill:var(--muted); }
        .grid,.rule { stroke:var(--rule); stroke-width:1; }
        .axis,.wire,.link { stroke:var(--muted); stroke-width:1; }
        .link { stroke:var(--ink); stroke-width:1.3; }
        .series { fill:none; stroke-width:1.8; stroke-linejoin:round; }
        .band { opacity:.16; }
        .whisker { stroke-width:1.5; }
        .frontier,.diagonal,.section-rule { fill:none; stroke:var(--muted); stroke-width:1; stroke-dasharray:3 3; }
        .ahead { fill:var(--s0); } .behind { fill:var(--s1); } .open { opacity:.28; }
        .cell { fill:var(--s0); } .cell-frame { fill:var(--faint); }
        .cell.opposed { fill:var(--s1); }
        .box { fill:var(--paper); stroke:var(--muted); stroke-width:1; }
        .box.data { stroke:var(--s0); stroke-width:1.6; } .box.trained { stroke:var(--s1); stroke-width:1.6; }
        .dot { fill:var(--ink); } .target { fill:var(--paper); stroke:var(--ink); stroke-width:1.3; }
        .needle { fill:none; stroke:var(--muted); stroke-width:1.2; } .blank { fill:var(--paper); }
        """

    /// `text` with the colours of white paper in the place of their names, which many programs that read SVG do not know.
    static func onPaper(_ text: String) -> String {
        lightColours.split(separator: ";").reduce(text) { text, definition in
            let parts = definition.split(separator: ":").map { $0.trimmingPrefix { $0.isWhitespace } }
            return parts.count == 2 ? text.replacing("var(\(parts[0]))", with: parts[1]) : text
        }
    }

    /// What an SVG file needs to stand alone.
    static let figure = "\(colours)\n\(marks)"

    /// What a report page needs.
    static let page = """
        \(colours)
        \(marks)
        * { box-sizing:border-box; }
        body { margin:0; background:var(--paper); color:var(--ink);
          font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif; }
        main { max-width:60rem; margin:0 auto; padding:2.5rem 1.25rem 4rem; }
        header { border-bottom:1px solid var(--rule); padding-bottom:1.25rem; }
        h1 { font-size:1.7rem; line-height:1.25; font-weight:650; letter-spacing:-.01em; margin:0 0 .3rem; }
        h2 { font-size:1.15rem; font-weight:650; margin:2.6rem 0 .6rem; }
        h3 { font-size:.95rem; font-weight:600; margin:1.4rem 0 .4rem; }
        p { margin:.5rem 0; max-width:46rem; }
        .facts,figcaption,.note { color:var(--muted); font-size:.875rem; }
        .verdict { margin:1.5rem 0 0; padding:.2rem 0 .2rem 1.1rem; border-left:3px solid var(--accent); }
        .verdict p:first-child { font-size:1.08rem; font-weight:550; }
        .scroll { overflow-x:auto; margin:.75rem 0; }
        table { border-collapse:collapse; width:100%; font-size:.9rem; font-variant-numeric:tabular-nums; }
        th,td { padding:.38rem .7rem; text-align:right; vertical-align:top; white-space:nowrap; border-bottom:1px solid var(--rule); }
        th { font-weight:600; color:var(--muted); font-size:.8rem; vertical-align:bottom; }
        tbody th { vertical-align:top; color:var(--ink); font-size:.9rem; position:sticky; left:0; background:var(--paper); }
        table.narrow { width:auto; } table.narrow td,table.narrow th { padding-right:2.5rem; }
        .text { text-align:left; }
        th:first-child,td:first-child { padding-left:0; } th:last-child,td:last-child { padding-right:0; }
        thead th { border-bottom:1.5px solid var(--muted); }
        td.best { font-weight:700; }
        td small { display:block; font-size:.75rem; font-weight:400; color:var(--muted); }
        table.wide thead th { white-space:normal; }
        tr.total td,tr.total th { border-top:1.5px solid var(--muted); font-weight:600; }
        .figures { display:grid; grid-template-columns:repeat(auto-fit,minmax(min(20rem,100%),1fr)); gap:1.5rem 2.5rem;
          align-items:start; }
        figure { margin:.75rem 0; min-width:0; } figure h3 { font-size:.95rem; font-weight:600; margin:0 0 .4rem; }
        figcaption { margin-top:.4rem; }
        svg.plot { display:block; width:100%; max-width:34rem; height:auto; } svg.circuit { display:block; max-width:none; }
        pre { background:var(--faint); padding:.9rem 1rem; overflow-x:auto; font:.8rem/1.5 ui-monospace,SFMono-Regular,Menlo,
          Consolas,"Liberation Mono",monospace; border-radius:4px; }
        summary { cursor:pointer; color:var(--accent); font-size:.9rem; margin:.5rem 0; }
        footer { margin-top:3rem; border-top:1px solid var(--rule); padding-top:.75rem; }
        @media (max-width:40rem) { main { padding:1.5rem 1rem 3rem; } h1 { font-size:1.4rem; } h2 { margin-top:2rem; }
          th,td { padding:.34rem .45rem; } table.narrow td,table.narrow th { padding-right:1rem; } }
        @media print {
          @page { margin:16mm 14mm; }
          body { font-size:10pt; } main { max-width:none; padding:0; } h2 { break-after:avoid; }
          figure,tr,.verdict { break-inside:avoid; } .scroll,pre { overflow:visible; } pre { white-space:pre-wrap; }
          svg.circuit { max-width:100%; height:auto; } th,td { padding:.25rem .4rem; }
          .figures { grid-template-columns:1fr 1fr; }
        }
        """
}
