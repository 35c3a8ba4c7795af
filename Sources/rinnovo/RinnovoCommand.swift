@main struct RinnovoCommand { static func main() {} }
