/// The looks of the page: readable, printable, light and dark.
enum HTMLReportStyle {
    static let sheet = """
        :root{color-scheme:light dark;--line:#8886}
        body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem}
        table{border-collapse:collapse}th,td{text-align:left;padding:.3rem .8rem;border-bottom:1px solid var(--line)}
        td:nth-child(n+3){text-align:right;font-variant-numeric:tabular-nums}
        h2{border-bottom:2px solid var(--line);margin-top:2.5rem;overflow-wrap:anywhere}h4{margin-bottom:0}
        section p{margin:.2rem 0;opacity:.8}li{margin:.5rem 0}li.warning{opacity:.85}
        pre{overflow-x:auto;background:#8881;padding:.4rem .6rem;margin:.3rem 0}
        mark{background:#e53935;color:#fff}li.warning mark{background:#f9a825;color:#000}
        footer{margin-top:3rem;opacity:.6}
        """
}
