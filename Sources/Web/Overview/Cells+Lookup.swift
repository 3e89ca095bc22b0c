import Mustache

// Templates look a value's parts up by reflection, which is slow; cells are looked up by the thousand.

extension RatesPage.Cell: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "text": text
    case "sheetLink": sheetLink
    case "look": look
    default: nil
    }
  }
}

extension GroupTable.Cell: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "stage": stage
    case "total": total
    case "chip": chip
    case "word": word
    case "sheetLink": sheetLink
    default: nil
    }
  }
}

extension ProgressTable.Cell: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "column": column
    case "number": number
    case "outOf": outOf
    case "hasBar": hasBar
    case "percent": percent
    case "label": label
    default: nil
    }
  }
}
